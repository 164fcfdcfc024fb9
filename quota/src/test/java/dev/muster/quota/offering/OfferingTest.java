package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferingTest {
    private static final PoolName POOL = new PoolName("p");

    /** One row of the table of providers' labels each. */
    @ParameterizedTest
    @CsvSource({
        "karpenter.sh/capacity-type, spot, spot",
        "karpenter.sh/capacity-type, on-demand, on-demand",
        "karpenter.sh/capacity-type, reserved, reserved",
        "eks.amazonaws.com/capacityType, SPOT, spot",
        "eks.amazonaws.com/capacityType, ON_DEMAND, on-demand",
        "eks.amazonaws.com/capacityType, CAPACITY_BLOCK, reserved",
        "cloud.google.com/gke-spot, true, spot",
        "cloud.google.com/gke-preemptible, true, spot",
        "cloud.google.com/gke-provisioning, spot, spot",
        "cloud.google.com/gke-provisioning, preemptible, spot",
        "cloud.google.com/gke-provisioning, standard, on-demand",
        "kubernetes.azure.com/scalesetpriority, spot, spot",
        "kubernetes.azure.com/scalesetpriority, regular, on-demand",
        "node.kubernetes.io/lifecycle, spot, spot",
        "muster.dev/capacity-type, spot, spot",
        "muster.dev/capacity-type, reserved, reserved",
        "unknown/label, spot, on-demand"
    })
    void a_label_of_a_provider_says_how_capacity_is_paid(String key, String value, String capacity) {
        assertThat(CapacityType.of(Map.of(key, value)).word()).isEqualTo(capacity);
    }

    @Test
    void what_an_operator_says_goes_before_what_the_provider_says() {
        assertThat(CapacityType.of(
                        Map.of("muster.dev/capacity-type", "on-demand", "cloud.google.com/gke-spot", "true")))
                .isEqualTo(CapacityType.ON_DEMAND);
    }

    @ParameterizedTest
    @CsvSource({
        "topology.kubernetes.io/zone, node.kubernetes.io/instance-type",
        "failure-domain.beta.kubernetes.io/zone, beta.kubernetes.io/instance-type"
    })
    void zone_and_instance_type_are_read_in_new_and_old_words(String zone, String type) {
        assertThat(Offering.of(POOL, Map.of(zone, "eu-1a", type, "m5.xlarge")))
                .hasToString("p/on-demand/eu-1a/m5.xlarge");
    }

    @Test
    void its_text_can_be_read_back() {
        for (String text : List.of("p/spot/eu-1a/m5.xlarge", "p/on-demand/-/-")) {
            assertThat(Offering.parse(text)).hasToString(text);
        }
    }

    @ParameterizedTest
    @CsvSource({"p/spot/z", "p/cheap/z/t", "P/spot/z/t", "p/spot/z z/t", "''"})
    void other_texts_are_refused(String text) {
        assertThatThrownBy(() -> Offering.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void offerings_are_found_from_nodes_as_their_smallest_ready_node_is() {
        List<Node> nodes = List.of(node("a", 8, 1, true), node("b", 7, 1, true), node("c", 2, 0, false));
        assertThat(OfferingSpec.found(nodes).values()).singleElement().satisfies(found -> {
            assertThat(found.offering()).hasToString("p/spot/z1/-");
            assertThat(found.resources()).isEqualTo(Resources.of("cpu", 6));
            assertThat(found.max()).isEqualTo(3);
            assertThat(found.maxPods()).isEqualTo(108);
        });
    }

    private static Node node(String name, long cpu, long overhead, boolean ready) {
        return new Node(
                new NodeName(name),
                POOL,
                Map.of("topology.kubernetes.io/zone", "z1", "karpenter.sh/capacity-type", "spot"),
                List.of(),
                Resources.of("cpu", cpu),
                Resources.of("cpu", overhead),
                110,
                2,
                ready);
    }
}
