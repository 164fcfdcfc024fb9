package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.node.NodeAffinity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptOffSpotTest {
    private static final NodeAffinity ZONES = NodeAffinity.in("topology.kubernetes.io/zone", List.of("eu-1a", "eu-1b"));

    @ParameterizedTest
    @CsvSource({
        "muster.dev/capacity-type, spot",
        "karpenter.sh/capacity-type, spot",
        "eks.amazonaws.com/capacityType, SPOT",
        "cloud.google.com/gke-spot, true",
        "cloud.google.com/gke-preemptible, true",
        "cloud.google.com/gke-provisioning, preemptible",
        "kubernetes.azure.com/scalesetpriority, spot",
        "node.kubernetes.io/lifecycle, spot"
    })
    void no_node_that_says_that_it_is_spot_is_taken(String label, String value) {
        assertThat(CapacityType.of(Map.of(label, value))).isEqualTo(CapacityType.SPOT);
        assertThat(KeptOffSpot.AFFINITY.allows(Map.of(label, value))).isFalse();
        assertThat(KeptOffSpot.AFFINITY.allows(Map.of(label, "other"))).isTrue();
    }

    @Test
    void a_node_that_says_nothing_is_taken() {
        assertThat(KeptOffSpot.AFFINITY.allows(Map.of())).isTrue();
    }

    @Test
    void what_else_is_asked_stays_and_can_be_told_apart() {
        NodeAffinity both = ZONES.and(KeptOffSpot.AFFINITY);
        assertThat(KeptOffSpot.is(both)).isTrue();
        assertThat(KeptOffSpot.without(both)).isEqualTo(ZONES);
        assertThat(KeptOffSpot.without(KeptOffSpot.AFFINITY)).isEqualTo(NodeAffinity.ANY);
        assertThat(KeptOffSpot.is(ZONES)).isFalse();
        assertThat(KeptOffSpot.without(ZONES)).isEqualTo(ZONES);
        assertThat(KeptOffSpot.is(NodeAffinity.ANY)).isFalse();
    }

    @Test
    void saying_it_twice_changes_nothing() {
        NodeAffinity once = ZONES.and(KeptOffSpot.AFFINITY);
        assertThat(once.and(KeptOffSpot.AFFINITY)).isEqualTo(once);
    }
}
