package dev.muster.controlplane;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupCondition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A PodGroup and bare pods of it, as Muster makes them. */
final class TestGang {
    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final FakeNodes nodes;
    private String queue = "default";
    private PodLife life = PodLife.runs();

    TestGang(KubernetesClient client, String namespace, String name, FakeNodes nodes) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.nodes = nodes;
    }

    TestGang queue(String other) {
        queue = other;
        return this;
    }

    TestGang life(PodLife other) {
        life = other;
        return this;
    }

    TestGang group(int minMember, Map<String, Integer> minTaskMember) {
        client.resource(new PodGroupBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withQueue(queue)
                        .withMinMember(minMember)
                        .withMinTaskMember(minTaskMember)
                        .endSpec()
                        .build())
                .create();
        return this;
    }

    TestGang group(int minMember) {
        return group(minMember, Map.of());
    }

    /** Gives its pods names that the others can look up. */
    TestGang service() {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP("None")
                        .addToSelector("gang", name)
                        .endSpec()
                        .build())
                .create();
        return this;
    }

    /** Pods {@code <name>-<role>-0} and so on, of one role. */
    TestGang pods(String role, int count, String cpu) {
        return pods(role, count, cpu, false);
    }

    TestGang gatedPods(String role, int count, String cpu) {
        return pods(role, count, cpu, true);
    }

    /** One pod more, which may go to one node only. */
    TestGang podFor(String node, String role, int number) {
        client.resource(pod(role, number, "1")
                        .editSpec()
                        .addToNodeSelector("kubernetes.io/hostname", node)
                        .endSpec()
                        .build())
                .create();
        return this;
    }

    void setMinMember(int minMember) {
        client.resources(PodGroup.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"minMember\":%d}}".formatted(minMember));
    }

    void openGate(String pod) {
        client.pods()
                .inNamespace(namespace)
                .withName(name + "-" + pod)
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/spec/schedulingGates\"}]");
    }

    PodGroup seen() {
        return Objects.requireNonNull(client.resources(PodGroup.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    String phase() {
        return seen().getStatus() == null
                ? ""
                : Objects.requireNonNullElse(seen().getStatus().getPhase(), "");
    }

    /** The condition of this type, as {@code Type/Status/Reason: message}; empty where there is none. */
    String condition(String type) {
        List<PodGroupCondition> all =
                seen().getStatus() == null ? List.of() : seen().getStatus().getConditions();
        return Objects.requireNonNullElse(all, List.<PodGroupCondition>of()).stream()
                .filter(condition -> condition.getType().equals(type))
                .map(each -> "%s/%s/%s: %s"
                        .formatted(
                                each.getType(),
                                each.getStatus(),
                                each.getReason(),
                                Objects.requireNonNullElse(each.getMessage(), "")))
                .findFirst()
                .orElse("");
    }

    List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("gang", name)
                .list()
                .getItems();
    }

    long bound() {
        return pods().stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .count();
    }

    /** The nodes of its pods. */
    Set<String> nodes() {
        return pods().stream().map(pod -> pod.getSpec().getNodeName()).collect(Collectors.toSet());
    }

    /** The node of a pod; empty where it has none. */
    String node(String pod) {
        return Objects.requireNonNullElse(
                client.pods()
                        .inNamespace(namespace)
                        .withName(name + "-" + pod)
                        .get()
                        .getSpec()
                        .getNodeName(),
                "");
    }

    /** How many of the pods that are not bound have which reason in their condition PodScheduled. */
    Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        pods().stream()
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .map(PodCondition::getReason)
                .forEach(reason -> reasons.merge(reason, 1L, Long::sum));
        return reasons;
    }

    private TestGang pods(String role, int count, String cpu, boolean gated) {
        for (int i = 0; i < count; i++) {
            PodBuilder pod = pod(role, i, cpu);
            if (gated) {
                pod.editSpec()
                        .addNewSchedulingGate()
                        .withName("muster.dev/test")
                        .endSchedulingGate()
                        .endSpec();
            }
            client.resource(pod.build()).create();
        }
        return this;
    }

    private PodBuilder pod(String role, int number, String cpu) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("%s-%s-%d".formatted(name, role, number))
                .addToLabels("gang", name)
                .addToAnnotations("scheduling.k8s.io/group-name", name)
                .addToAnnotations("volcano.sh/task-spec", role)
                .addToAnnotations(life.annotations())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("volcano")
                .withRestartPolicy("Never")
                .withNodeSelector(nodes.selector())
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity("64Mi"))
                .endResources()
                .endContainer()
                .endSpec();
    }
}
