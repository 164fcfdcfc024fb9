package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolProposalTest {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String TYPE = "node.kubernetes.io/instance-type";

    @ParameterizedTest
    @CsvSource({
        "eks.amazonaws.com/nodegroup, eks.amazonaws.com/capacityType, SPOT",
        "alpha.eksctl.io/nodegroup-name, eks.amazonaws.com/capacityType, SPOT",
        "cloud.google.com/gke-nodepool, cloud.google.com/gke-spot, true",
        "kubernetes.azure.com/agentpool, kubernetes.azure.com/scalesetpriority, spot",
        "agentpool, kubernetes.azure.com/scalesetpriority, spot",
        "karpenter.sh/nodepool, karpenter.sh/capacity-type, spot",
        "kops.k8s.io/instancegroup, node.kubernetes.io/lifecycle, spot",
        "node.cluster.x-k8s.io/machinepool, muster.dev/capacity-type, spot"
    })
    void a_group_of_each_provider_becomes_a_pool_for_each_zone(String group, String capacity, String spot) {
        List<PoolProposal> proposals = proposals(
                node("a", 8, Map.of(group, "Batch_1", capacity, spot, ZONE, "eu-1a", TYPE, "m5.xlarge", "other", "x")),
                node("b", 8, Map.of(group, "Batch_1", capacity, spot, ZONE, "eu-1b", TYPE, "m5.xlarge")),
                node("c", 8, Map.of(group, "Batch_1", capacity, spot, ZONE, "eu-1a", TYPE, "m5.xlarge")));
        assertThat(proposals)
                .extracting(proposal -> proposal.name().value())
                .containsExactly("batch-1-m5-xlarge-eu-1a-spot", "batch-1-m5-xlarge-eu-1b-spot");
        assertThat(proposals.get(0).labels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(group, "Batch_1", capacity, spot, ZONE, "eu-1a", TYPE, "m5.xlarge"));
        assertThat(proposals.get(0).nodes()).containsExactly(new NodeName("a"), new NodeName("c"));
        assertThat(Offering.of(proposals.get(0).name(), proposals.get(0).labels()))
                .hasToString("batch-1-m5-xlarge-eu-1a-spot/spot/eu-1a/m5.xlarge");
    }

    @Test
    void a_pool_holds_what_its_smallest_ready_node_does() {
        StrayNode away = new StrayNode(
                new NodeName("away"), Map.of(TYPE, "m5"), List.of(), Resources.cpuAndMemory(1, 1), 3, false);
        assertThat(proposals(node("a", 8, Map.of(TYPE, "m5")), node("b", 7, Map.of(TYPE, "m5")), away))
                .singleElement()
                .satisfies(proposal -> {
                    assertThat(proposal.resources()).isEqualTo(Resources.cpuAndMemory(7_000, 7L << 30));
                    assertThat(proposal.nodes()).hasSize(3);
                });
    }

    @Test
    void taints_of_a_state_are_left_out_and_the_control_plane_with_its_nodes() {
        StrayNode gpu = tainted("gpu", "nvidia.com/gpu", "node.kubernetes.io/not-ready", "karpenter.sh/disrupted");
        StrayNode control = tainted("control", "node-role.kubernetes.io/control-plane");
        assertThat(proposals(gpu, control)).singleElement().satisfies(proposal -> assertThat(proposal.taints())
                .extracting(Taint::key)
                .containsExactly("nvidia.com/gpu"));
    }

    @Test
    void nodes_that_no_label_tells_from_others_are_one_pool_without_labels() {
        assertThat(proposals(node("a", 8, Map.of("kubernetes.io/hostname", "a")), node("b", 8, Map.of())))
                .singleElement()
                .satisfies(proposal -> {
                    assertThat(proposal.name()).isEqualTo(new PoolName("nodes"));
                    assertThat(proposal.labels()).isEmpty();
                });
    }

    @Test
    void a_name_is_given_once_and_fits() {
        StrayNode one = node("a", 8, Map.of("agentpool", "x_1"));
        StrayNode other = node("b", 8, Map.of("agentpool", "x-1"));
        assertThat(PoolProposal.of(List.of(one, other), Set.of(new PoolName("x-1"))))
                .extracting(proposal -> proposal.name().value())
                .containsExactly("x-1-2", "x-1-3");
        assertThat(proposals(node("a", 8, Map.of("agentpool", "-".repeat(100) + "é".repeat(80)))))
                .extracting(proposal -> proposal.name().value())
                .containsExactly("nodes");
    }

    private static List<PoolProposal> proposals(StrayNode... nodes) {
        return PoolProposal.of(List.of(nodes), Set.of());
    }

    private static StrayNode node(String name, int cpus, Map<String, String> labels) {
        return new StrayNode(
                new NodeName(name),
                labels,
                List.of(),
                Resources.cpuAndMemory(cpus * 1_000L, (long) cpus << 30),
                110,
                true);
    }

    private static StrayNode tainted(String name, String... keys) {
        return new StrayNode(
                new NodeName(name),
                Map.of(TYPE, "p4"),
                List.of(keys).stream()
                        .map(key -> new Taint(key, "", TaintEffect.NO_SCHEDULE))
                        .toList(),
                Resources.cpuAndMemory(1_000, 1),
                110,
                true);
    }

    @Test
    void groups_without_a_node_are_proposed_but_for_those_that_a_pool_takes() {
        EmptyGroup spot =
                group("batch", Map.of("karpenter.sh/nodepool", "batch", "karpenter.sh/capacity-type", "spot"));
        EmptyGroup steady =
                group("batch", Map.of("karpenter.sh/nodepool", "batch", "karpenter.sh/capacity-type", "on-demand"));
        EmptyGroup gpu = group("https://example.org/zones/b/instanceGroups/GPU_a", Map.of());
        EmptyGroup taken = group("eks-steady-7c1", Map.of());

        assertThat(PoolProposal.ofEmpty(
                        List.of(spot, steady, gpu, taken),
                        Set.of(new PoolName("gpu-a")),
                        List.of(
                                Map.of("eks.amazonaws.com/nodegroup", "steady"),
                                Map.of("karpenter.sh/nodepool", "batch", "karpenter.sh/capacity-type", "on-demand"))))
                .extracting(proposal -> proposal.name().value(), PoolProposal.Empty::group)
                .containsExactly(tuple("batch-spot", spot), tuple("gpu-a-2", gpu));
    }

    private static EmptyGroup group(String name, Map<String, String> labels) {
        return new EmptyGroup("karpenter", name, new TreeMap<>(labels), List.of(), 9, List.of());
    }
}
