package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RanksTest {
    @Test
    void those_of_the_ranks_come_to_their_places_whatever_the_rest_is_like() {
        Random random = new Random(1);
        for (int tried = 0; tried < 500; tried++) {
            Integer[] some = random.ints(1 + random.nextInt(60), 0, 40).boxed().toArray(Integer[]::new);
            int from = random.nextInt(some.length);
            int end = from + random.nextInt(some.length - from + 1);
            Integer[] sorted = some.clone();
            Arrays.sort(sorted);

            Ranks.bring(some, from, end, Comparator.naturalOrder());

            assertThat(Arrays.copyOfRange(some, from, end))
                    .containsExactlyInAnyOrder(Arrays.copyOfRange(sorted, from, end));
        }
    }
}
