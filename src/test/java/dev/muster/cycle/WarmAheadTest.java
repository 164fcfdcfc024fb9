package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.pool.Warm;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many nodes are warmed for what schedules will ask, as time goes by. */
class WarmAheadTest {
    private static final Instant TICK = Instant.parse("2026-11-27T02:00:00Z");
    private static final PoolName SPOT = new PoolName("spot");

    @Test
    void nodes_are_wanted_from_so_long_before_the_tick_on() {
        List<Pool> pools = List.of(pool("spot", 20, 20, Duration.ofMinutes(10)));
        List<Foreseen.Gang> nightly = List.of(gang(TICK, role("driver", 1, 1), role("worker", 6, 3)));

        assertThat(nodes(pools, nightly, TICK.minus(Duration.ofMinutes(11)))).containsEntry(SPOT, 0);
        // Six workers of 3 on nodes of 4, and the driver of 1 beside one of them.
        assertThat(nodes(pools, nightly, TICK.minus(Duration.ofMinutes(10)))).containsEntry(SPOT, 6);
        assertThat(nodes(pools, nightly, TICK)).containsEntry(SPOT, 6);
        // Its job is there now, and asks for itself.
        assertThat(nodes(pools, List.of(), TICK.plusSeconds(1))).containsEntry(SPOT, 0);
    }

    @Test
    void what_ticks_together_is_laid_out_together() {
        List<Pool> pools = List.of(pool("spot", 20, 20, Duration.ofHours(1)));
        List<Foreseen.Gang> two =
                List.of(gang(TICK, role("worker", 3, 2)), gang(TICK.plusSeconds(600), role("worker", 1, 2)));

        assertThat(nodes(pools, two, TICK.minusSeconds(60))).containsEntry(SPOT, 2);
    }

    @Test
    void never_more_than_is_said_nor_than_the_pool_may_have() {
        List<Foreseen.Gang> large = List.of(gang(TICK, role("worker", 500, 4)));

        assertThat(nodes(List.of(pool("spot", 20, 7, Duration.ofHours(1))), large, TICK))
                .containsEntry(SPOT, 7);
        assertThat(nodes(List.of(pool("spot", 5, 7, Duration.ofHours(1))), large, TICK))
                .containsEntry(SPOT, 5);
    }

    @Test
    void a_role_counts_where_it_may_run_in_one_pool_only() {
        Pool gpu = pool("gpu", 9, 9, Duration.ofHours(1), new Taint("gpu", "yes", TaintEffect.NO_SCHEDULE));
        Pool other = pool("other", 9, 9, Duration.ofHours(1));
        Pool spot = pool("spot", 9, 9, Duration.ofHours(1));
        Pool late = pool("always", 9, 9, Duration.ofMinutes(1));
        List<Pool> pools = List.of(spot, gpu, other, late);
        Instant now = TICK.minus(Duration.ofMinutes(30));

        assertThat(nodes(pools, List.of(gang(TICK, role("worker", 2, 4))), now))
                .isEqualTo(Map.of(gpu.name(), 0, SPOT, 0, other.name(), 2, late.name(), 0));
        Role pinned = role("worker", 2, 4, NodeAffinity.in("muster.dev/pool", List.of("spot")));
        assertThat(nodes(pools, List.of(gang(TICK, pinned)), now))
                .isEqualTo(Map.of(gpu.name(), 0, SPOT, 2, other.name(), 0, late.name(), 0));
        assertThat(nodes(pools, List.of(gang(TICK, role("worker", 2, 5))), now).values())
                .as("larger than any node")
                .containsOnly(0);
    }

    @Test
    void a_pool_that_is_not_warmed_ahead_is_left_alone() {
        Pool always = new Pool(
                SPOT,
                0,
                Resources.of("cpu", 4000),
                Map.of(),
                List.of(),
                110,
                null,
                false,
                9,
                List.of(new Warm(2, null, null, null, null, null)));

        assertThat(nodes(List.of(always), List.of(gang(TICK, role("worker", 2, 4))), TICK))
                .isEmpty();
    }

    @Test
    void the_images_of_what_comes_are_known_with_it() {
        List<Pool> pools = List.of(pool("spot", 20, 20, Duration.ofMinutes(10)));
        List<Foreseen.Gang> nightly = List.of(gang(TICK, role("driver", 1, 1), role("worker", 6, 3)));

        assertThat(WarmAhead.of(pools, nightly, TICK).get(SPOT))
                .extracting(WarmAhead::images)
                .isEqualTo(Set.of("registry.example/driver:1", "registry.example/worker:1"));
        assertThat(WarmAhead.of(pools, nightly, TICK.minus(Duration.ofHours(1))).get(SPOT))
                .extracting(WarmAhead::images)
                .isEqualTo(Set.of());
    }

    private static Map<PoolName, Integer> nodes(List<Pool> pools, List<Foreseen.Gang> gangs, Instant now) {
        Map<PoolName, Integer> nodes = new TreeMap<>();
        WarmAhead.of(pools, gangs, now).forEach((pool, ahead) -> nodes.put(pool, ahead.nodes()));
        return nodes;
    }

    private static Foreseen.Gang gang(Instant at, Role... roles) {
        return new Foreseen.Gang(at, List.of(roles));
    }

    private static Role role(String name, int pods, int cpus) {
        return role(name, pods, cpus, NodeAffinity.ANY);
    }

    private static Role role(String name, int pods, int cpus, NodeAffinity affinity) {
        Resources each = Resources.of("cpu", cpus * 1000L);
        PodTemplate pod = new PodTemplate(
                "registry.example/" + name + ":1",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                each,
                affinity,
                List.of(),
                Map.of(),
                Map.of());
        return new Role(new RoleName(name), pods, pods, false, pod);
    }

    private static Pool pool(String name, int most, int warm, Duration ahead, Taint... taints) {
        return new Pool(
                new PoolName(name),
                0,
                Resources.of("cpu", 4000),
                Map.of(),
                List.of(taints),
                110,
                null,
                false,
                most,
                List.of(new Warm(warm, null, null, null, null, null, ahead, List.of())));
    }
}
