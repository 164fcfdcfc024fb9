package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairsTest {
    private record Pair(int one, int other) {}

    @Test
    void a_pair_has_the_number_that_it_was_given_and_no_other_has_one() {
        Random random = new Random(1);
        Pairs pairs = new Pairs();
        Map<Pair, Integer> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Pair pair = new Pair(random.nextInt(50), random.nextInt(2_000));
            assertThat(pairs.of(pair.one, pair.other)).isEqualTo(expected.getOrDefault(pair, Numbers.UNKNOWN));
            if (!expected.containsKey(pair)) {
                pairs.put(pair.one, pair.other, expected.size());
                expected.put(pair, expected.size());
            }
        }
        expected.forEach(
                (pair, number) -> assertThat(pairs.of(pair.one, pair.other)).isEqualTo(number));
    }
}
