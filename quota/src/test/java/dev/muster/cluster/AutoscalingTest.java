package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoscalingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final PoolName STEADY = new PoolName("steady");
    private static final PoolName SPOT = new PoolName("spot");
    private static final Autoscaling.BackOff NO_SPOT =
            new Autoscaling.BackOff("eks-spot-1", null, NOW.minusSeconds(900), "no capacity");

    @Test
    void idle_nodes_of_one_group_are_held_while_nodes_of_another_do_not_come() {
        Optional<Autoscaling.HeldNodes> held = held(seen(idle(3, STEADY, "steady", 15), null, null), 3);
        assertThat(held).hasValueSatisfying(found -> {
            assertThat(found.nodes()).containsExactly(Map.entry(STEADY, 3));
            assertThat(found.since()).isEqualTo(NOW.minus(Duration.ofMinutes(15)));
            assertThat(found.cause()).isEqualTo(NO_SPOT);
        });
    }

    @Test
    void nodes_that_have_not_stood_idle_for_long_enough_are_as_they_should_be() {
        assertThat(held(seen(idle(3, STEADY, "steady", 11), null, null), 3)).isEmpty();
    }

    @Test
    void what_the_autoscaler_says_of_its_patience_counts() {
        List<Autoscaling.IdleNode> idle = idle(1, STEADY, "steady", 15);
        assertThat(held(seen(idle, Duration.ofMinutes(30), null), 3)).isEmpty();
        assertThat(held(seen(idle, Duration.ofMinutes(1), null), 3)).isPresent();
    }

    @Test
    void the_nodes_that_a_pool_keeps_anyway_are_not_held() {
        assertThat(held(seen(idle(3, STEADY, "steady", 15), null, null), 1))
                .hasValueSatisfying(found -> assertThat(found.count()).isEqualTo(1));
        assertThat(held(seen(idle(3, STEADY, "steady", 15), null, null), 0)).isEmpty();
    }

    @Test
    void a_group_that_backs_off_keeps_its_own_nodes_rightly() {
        assertThat(held(seen(idle(3, SPOT, "spot", 15), null, null), 3)).isEmpty();
        Autoscaling.BackOff pool = new Autoscaling.BackOff("pool spot", SPOT, NOW, "");
        Autoscaling own = new Autoscaling(idle(3, SPOT, "", 15), List.of(), null, null).and(List.of(pool));
        assertThat(held(own, 3)).isEmpty();
    }

    @Test
    void an_autoscaler_with_a_delay_of_each_group_holds_nobodys_nodes() {
        assertThat(held(new Autoscaling(idle(3, STEADY, "steady", 15), List.of(NO_SPOT), null, true), 3))
                .isEmpty();
    }

    @Test
    void nodes_are_idle_and_nobody_backs_off() {
        assertThat(held(new Autoscaling(idle(3, STEADY, "steady", 15), List.of(), null, false), 3))
                .isEmpty();
    }

    private static Optional<Autoscaling.HeldNodes> held(Autoscaling seen, int removable) {
        return seen.held(Map.of(STEADY, removable, SPOT, removable), TEN, NOW);
    }

    private static Autoscaling seen(List<Autoscaling.IdleNode> idle, Duration removesAfter, Boolean local) {
        return new Autoscaling(idle, List.of(NO_SPOT), removesAfter, local);
    }

    private static List<Autoscaling.IdleNode> idle(int count, PoolName pool, String group, int minutes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Autoscaling.IdleNode(
                        new NodeName(pool + "-" + i), pool, group, NOW.minus(Duration.ofMinutes(minutes))))
                .toList();
    }
}
