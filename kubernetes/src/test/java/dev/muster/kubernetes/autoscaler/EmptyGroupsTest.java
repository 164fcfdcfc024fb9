package dev.muster.kubernetes.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.offering.EmptyGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of nodes that have none now, as Cluster Autoscaler and Karpenter show them. */
class EmptyGroupsTest {
    @Test
    void a_status_in_yaml_tells_groups_without_a_node_and_how_many_they_may_have() {
        assertThat(EmptyGroups.of("""
                        time: "2026-07-26 10:00:00 +0000 UTC"
                        autoscalerStatus: Running
                        nodeGroups:
                        - name: eks-gpu-1
                          health:
                            status: Healthy
                            nodeCounts: {registered: {total: 0, ready: 0, notStarted: 0}, longUnregistered: 0, unregistered: 0}
                            cloudProviderTarget: 0
                            minSize: 0
                            maxSize: 40
                          scaleUp: {status: NoActivity}
                        - name: eks-steady-1
                          health:
                            nodeCounts: {registered: {total: 3, ready: 3}}
                            cloudProviderTarget: 3
                            minSize: 1
                            maxSize: 5
                        - name: eks-coming-1
                          health: {nodeCounts: {registered: {total: 0}}, cloudProviderTarget: 2, maxSize: 5}
                        - name: eks-closed-1
                          health: {cloudProviderTarget: 0, maxSize: 0}
                        """)).singleElement().satisfies(group -> {
            assertThat(group.name()).isEqualTo("eks-gpu-1");
            assertThat(group.most()).isEqualTo(40);
            assertThat(group.labels()).isEmpty();
            assertThat(group.unknown()).anySatisfy(word -> assertThat(word).startsWith("spec.resources"));
        });
    }

    @Test
    void so_does_the_text_of_older_ones() {
        assertThat(EmptyGroups.of("""
                        Cluster-autoscaler status at 2023-07-26 10:00:00 +0000 UTC:
                        Cluster-wide:
                          Health:      Healthy (ready=3 unready=0 registered=3)

                        NodeGroups:
                          Name:        https://example.org/zones/b/instanceGroups/mig-a
                            Health:      Healthy (ready=0 unready=0 (resourceUnready=0) notStarted=0 longNotStarted=0 registered=0 longUnregistered=0 cloudProviderTarget=0 (minSize=0, maxSize=5))
                            ScaleUp:     NoActivity (ready=0 cloudProviderTarget=0)
                          Name:        mig-b
                            Health:      Healthy (ready=2 registered=2 cloudProviderTarget=2 (minSize=0, maxSize=9))
                        """))
                .extracting(EmptyGroup::name, EmptyGroup::most)
                .containsExactly(tuple("https://example.org/zones/b/instanceGroups/mig-a", 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nodeGroups: 7",
                "nodeGroups: [{name: 1, health: {maxSize: 3}}, 3, {name: a, health: []}]",
                "{",
                "nodeGroups: [{name: a, health: {maxSize: -3}}, {name: b, health: {maxSize: many}}]",
                "Cluster-autoscaler status at\nName: x\nHealth: (maxSize=99999999999)"
            })
    void what_cannot_be_read_says_nothing(String status) {
        assertThat(EmptyGroups.of(status)).isEmpty();
    }

    @Test
    void a_node_pool_is_a_group_for_each_zone_and_capacity_type() {
        assertThat(NodePools.of(resource("""
                        apiVersion: karpenter.sh/v1
                        kind: NodePool
                        metadata: {name: batch}
                        spec:
                          limits: {cpu: "1000"}
                          template:
                            metadata: {labels: {team: data}}
                            spec:
                              taints: [{key: batch, value: "yes", effect: NoSchedule}]
                              requirements:
                              - {key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand]}
                              - {key: topology.kubernetes.io/zone, operator: In, values: [eu-1a, eu-1b]}
                              - {key: node.kubernetes.io/instance-type, operator: In, values: [m6i.8xlarge]}
                              - {key: kubernetes.io/arch, operator: NotIn, values: [arm64]}
                        """))).hasSize(4).first().satisfies(group -> {
            assertThat(group.name()).isEqualTo("batch");
            assertThat(group.labels())
                    .isEqualTo(Map.of(
                            "karpenter.sh/nodepool",
                            "batch",
                            "team",
                            "data",
                            "karpenter.sh/capacity-type",
                            "on-demand",
                            "topology.kubernetes.io/zone",
                            "eu-1a",
                            "node.kubernetes.io/instance-type",
                            "m6i.8xlarge"));
            assertThat(group.taints()).containsExactly(new Taint("batch", "yes", TaintEffect.NO_SCHEDULE));
            assertThat(group.most()).isNull();
            assertThat(group.unknown())
                    .anySatisfy(word -> assertThat(word).startsWith("spec.resources"))
                    .anySatisfy(
                            word -> assertThat(word).startsWith("spec.maxNodes").contains("cpu=1000"))
                    .noneSatisfy(word -> assertThat(word).contains("instance-type"));
        });
    }

    @Test
    void what_a_node_pool_leaves_open_is_said_to_be_missing() {
        assertThat(NodePools.of(
                        resource("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: any}\nspec: 3\n")))
                .singleElement()
                .satisfies(group -> assertThat(group.unknown())
                        .anySatisfy(word -> assertThat(word).contains("instance type"))
                        .anySatisfy(word -> assertThat(word).contains("capacity type"))
                        .anySatisfy(word -> assertThat(word).contains("no limits")));
    }

    private static GenericKubernetesResource resource(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
