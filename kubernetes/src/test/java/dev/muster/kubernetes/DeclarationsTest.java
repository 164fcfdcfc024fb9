package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pool a node belongs to, and that a pod for a pool goes to just those nodes. */
class DeclarationsTest {
    private static final PoolName BIG = new PoolName("big");
    private static final PoolName BIG_SPOT = new PoolName("big-spot");
    private static final PoolName NAMED = new PoolName("named");
    private static final Declarations POOLS = new Declarations(
            Map.of(BIG, Map.of("size", "big"), BIG_SPOT, Map.of("size", "big", "kind", "spot"), NAMED, Map.of()),
            Map.of());

    @Test
    void a_node_belongs_to_the_pool_that_it_names() {
        assertThat(POOLS.poolOf(Map.of(Labels.POOL, "named", "size", "big"))).contains(NAMED);
    }

    @Test
    void a_node_that_names_none_belongs_where_most_of_its_labels_are_asked() {
        assertThat(POOLS.poolOf(Map.of("size", "big", "kind", "spot"))).contains(BIG_SPOT);
        assertThat(POOLS.poolOf(Map.of("size", "big", "kind", "other"))).contains(BIG);
    }

    @Test
    void other_nodes_are_not_ours() {
        assertThat(POOLS.poolOf(Map.of("size", "small"))).isEmpty();
        assertThat(POOLS.poolOf(Map.of(Labels.POOL, "unknown", "size", "big"))).isEmpty();
        assertThat(POOLS.poolOf(Map.of())).isEmpty();
    }

    @Test
    void a_pod_for_a_pool_may_go_to_nodes_of_that_pool() {
        assertThat(POOLS.affinity(NAMED).allows(Map.of(Labels.POOL, "named"))).isTrue();
        assertThat(POOLS.affinity(NAMED).allows(Map.of("size", "big"))).isFalse();
        assertThat(POOLS.affinity(BIG_SPOT).allows(Map.of("size", "big", "kind", "spot")))
                .isTrue();
        assertThat(POOLS.affinity(BIG_SPOT).allows(Map.of("size", "big"))).isFalse();
        assertThat(POOLS.affinity(BIG_SPOT).allows(Map.of(Labels.POOL, "named", "size", "big", "kind", "spot")))
                .isFalse();
    }

    @Test
    void a_pod_for_a_pool_with_fewer_labels_leaves_the_nodes_of_the_narrower_one_alone() {
        assertThat(POOLS.affinity(BIG).allows(Map.of("size", "big"))).isTrue();
        assertThat(POOLS.affinity(BIG).allows(Map.of("size", "big", "kind", "spot")))
                .isFalse();
    }
}
