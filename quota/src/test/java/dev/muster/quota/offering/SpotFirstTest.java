package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.node.NodeAffinity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An affinity for spot nodes that a rule may take away again. */
class SpotFirstTest {
    private static final NodeAffinity ZONES = new NodeAffinity(
            List.of(
                    new NodeAffinity.Term(
                            List.of(new NodeAffinity.Expression("zone", NodeAffinity.Operator.IN, List.of("a")))),
                    new NodeAffinity.Term(
                            List.of(new NodeAffinity.Expression("zone", NodeAffinity.Operator.IN, List.of("b"))))),
            List.of());

    @Test
    void it_allows_nodes_that_any_label_calls_spot_and_no_others() {
        assertThat(SpotFirst.AFFINITY.allows(Map.of("karpenter.sh/capacity-type", "spot")))
                .isTrue();
        assertThat(SpotFirst.AFFINITY.allows(Map.of("cloud.google.com/gke-preemptible", "true")))
                .isTrue();
        assertThat(SpotFirst.AFFINITY.allows(Map.of("karpenter.sh/capacity-type", "on-demand")))
                .isFalse();
        assertThat(SpotFirst.AFFINITY.allows(Map.of())).isFalse();
    }

    @Test
    void what_else_is_asked_stays_when_it_is_taken_away() {
        assertThat(SpotFirst.without(SpotFirst.AFFINITY)).isEqualTo(NodeAffinity.ANY);
        NodeAffinity both = ZONES.and(SpotFirst.AFFINITY);
        assertThat(SpotFirst.is(both)).isTrue();
        assertThat(SpotFirst.without(both)).isEqualTo(ZONES);
    }

    @Test
    void what_was_asked_by_hand_is_never_taken_away() {
        NodeAffinity byHand = NodeAffinity.in("karpenter.sh/capacity-type", List.of("spot"));
        assertThat(SpotFirst.is(byHand)).isFalse();
        assertThat(SpotFirst.without(byHand)).isEqualTo(byHand);
        assertThat(SpotFirst.without(KeptOffSpot.AFFINITY)).isEqualTo(KeptOffSpot.AFFINITY);
        NodeAffinity left = SpotFirst.without(byHand.and(SpotFirst.AFFINITY));
        assertThat(left.allows(Map.of("karpenter.sh/capacity-type", "spot"))).isTrue();
        assertThat(left.allows(Map.of("karpenter.sh/capacity-type", "on-demand")))
                .isFalse();
    }
}
