package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node says by which its provider takes it back; one row for each sign. */
class InterruptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-node-termination-handler/spot-itn",
                "aws-node-termination-handler/asg-lifecycle-termination",
                "cloud.google.com/impending-node-termination",
                "node.cloudprovider.kubernetes.io/shutdown",
                "spot.azure.com/preempt",
                "karpenter.sh/interruption"
            })
    void a_taint_announces_it(String taint) {
        assertThat(NodeFacts.of(node(taint, "True", Map.of())).takenBack()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SpotInterruption", "PreemptScheduled", "VMEventScheduled", "TerminationNotice"})
    void a_condition_announces_it(String condition) {
        Node node = new NodeBuilder(node("x", "True", Map.of()))
                .editStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        assertThat(NodeFacts.of(node).takenBack()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "karpenter.sh/capacity-type, spot",
        "eks.amazonaws.com/capacityType, SPOT",
        "cloud.google.com/gke-spot, true",
        "cloud.google.com/gke-preemptible, true",
        "kubernetes.azure.com/scalesetpriority, spot",
        "muster.dev/capacity-type, spot"
    })
    void a_spot_node_that_nobody_reaches_is_likely_to_be(String label, String value) {
        Map<String, String> spot = Map.of(label, value);
        assertThat(NodeFacts.of(node("node.kubernetes.io/unreachable", "Unknown", spot))
                        .takenBack())
                .isTrue();
        assertThat(NodeFacts.of(node("node.kubernetes.io/out-of-service", "Unknown", spot))
                        .takenBack())
                .isTrue();
        assertThat(NodeFacts.of(node("node.kubernetes.io/not-ready", "False", spot))
                        .takenBack())
                .as("it may be on its way in")
                .isFalse();
    }

    @Test
    void another_node_that_nobody_reaches_is_not() {
        assertThat(NodeFacts.of(node("node.kubernetes.io/unreachable", "Unknown", Map.of()))
                        .takenBack())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted"})
    void a_node_that_an_autoscaler_removes_is_leaving_and_not_taken_back(String taint) {
        assertThat(NodeFacts.of(node(taint, "True", Map.of()))).satisfies(facts -> {
            assertThat(facts.leaving()).isTrue();
            assertThat(facts.takenBack()).isFalse();
        });
    }

    private static Node node(String taint, String ready, Map<String, String> labels) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("n1")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", taint, null, "")
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }
}
