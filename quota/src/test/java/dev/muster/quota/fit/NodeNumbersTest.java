package dev.muster.quota.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.NodeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeNumbersTest {
    private static NodeName node(String name) {
        return new NodeName(name);
    }

    @Test
    void of_no_nodes_every_name_is_unknown() {
        assertThat(new NodeNumbers(0).of(node("a"))).isEqualTo(NodeNumbers.UNKNOWN);
    }

    @Test
    void names_with_one_hash_stay_apart() {
        assertThat(node("an")).hasSameHashCodeAs(node("c0"));
        NodeNumbers numbers = new NodeNumbers(2);
        numbers.put(node("an"), 7);
        assertThat(numbers.of(node("c0"))).isEqualTo(NodeNumbers.UNKNOWN);
        numbers.put(node("c0"), 8);
        assertThat(numbers.of(node("an"))).isEqualTo(7);
        assertThat(numbers.of(node("c0"))).isEqualTo(8);
    }

    @Test
    void a_later_number_takes_the_place_of_an_earlier_one() {
        NodeNumbers numbers = new NodeNumbers(1);
        numbers.put(node("a"), 1);
        numbers.put(node("a"), 2);
        assertThat(numbers.of(node("a"))).isEqualTo(2);
    }

    @Test
    void it_knows_what_a_map_would_before_and_after_all_get_other_numbers() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = random.nextInt(60);
            NodeNumbers numbers = new NodeNumbers(most);
            Map<NodeName, Integer> naive = new HashMap<>();
            int[] after = random.ints(most, 0, 1000).toArray();
            for (int number = 0; number < most; number++) {
                NodeName name = someNode(random);
                int given = random.nextInt(5) == 0 ? NodeNumbers.UNKNOWN : number;
                numbers.put(name, given);
                naive.put(name, given);
            }
            assertSame(numbers, naive, seed);
            numbers.renumber(after);
            naive.replaceAll((name, number) -> number == NodeNumbers.UNKNOWN ? number : after[number]);
            assertSame(numbers, naive, seed);
        }
    }

    private static void assertSame(NodeNumbers numbers, Map<NodeName, Integer> naive, int seed) {
        for (char first = 'a'; first <= 'c'; first++) {
            for (int n = 0; n < 40; n++) {
                NodeName name = node(first + "-" + n);
                assertThat(numbers.of(name))
                        .as("%s with seed %d", name, seed)
                        .isEqualTo(naive.getOrDefault(name, NodeNumbers.UNKNOWN));
            }
        }
    }

    private static NodeName someNode(Random random) {
        return node((char) ('a' + random.nextInt(3)) + "-" + random.nextInt(40));
    }
}
