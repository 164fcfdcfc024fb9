package dev.muster.controlplane.volcano;

import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.volcano.Scenario.Amounts;
import dev.muster.controlplane.volcano.Scenario.Band;
import dev.muster.controlplane.volcano.Scenario.Line;
import dev.muster.controlplane.volcano.Scenario.Machine;
import dev.muster.controlplane.volcano.Scenario.Part;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scenario as objects of Kubernetes. Its gangs may go to its own nodes only, and not before the {@link #opener} is there: all of
 * them meet all of the room in one session, as one write opens it.
 */
record ScenarioObjects(Scenario scenario, String namespace, String player) {
    static final String SCENARIO = FakeNodes.POOL;
    static final String GANG = "muster.dev/gang-of-scenario";
    static final List<String> LEVELS = List.of("fidelity-low", "fidelity-middle", "fidelity-high");
    private static final String OPENER = "muster.dev/opens";
    private static final String TAINT = "muster.dev/dedicated";

    List<Node> nodes() {
        return scenario.machines().stream().map(this::node).toList();
    }

    /** Pods that are on their nodes before the gangs come. */
    List<Pod> residents() {
        List<Pod> residents = new ArrayList<>();
        for (Machine machine : scenario.machines()) {
            for (int i = 0; i < machine.residents().size(); i++) {
                residents.add(resident(
                        "%s-r%d".formatted(machine.name(), i),
                        machine.name(),
                        machine.residents().get(i)));
            }
        }
        return residents;
    }

    /** The pod whose neighbours the gangs' pods must be. */
    Pod opener() {
        return new PodBuilder(resident(
                        scenario.name() + "-opener", scenario.machines().get(0).name(), new Amounts(0, 0, 0)))
                .editMetadata()
                .addToLabels(OPENER, scenario.name())
                .endMetadata()
                .build();
    }

    List<Queue> queues() {
        return scenario.lines().stream().map(ScenarioObjects::queue).toList();
    }

    List<PodGroup> groups() {
        return scenario.bands().stream().map(this::group).toList();
    }

    /** Gang by gang; within one as they are numbered. */
    List<Pod> pods() {
        List<Pod> pods = new ArrayList<>();
        scenario.bands().forEach(band -> pods.addAll(pods(band)));
        return pods;
    }

    /** Pod numbers differ within a gang, for among equal ones Volcano goes by ids, which are chance. */
    private List<Pod> pods(Band band) {
        Map<Integer, Pod> pods = new TreeMap<>(Comparator.naturalOrder());
        for (int p = 0; p < band.parts().size(); p++) {
            for (int i = 0; i < band.parts().get(p).pods(); i++) {
                int number = i * band.parts().size() + p;
                pods.put(number, pod(band, band.parts().get(p), i, number));
            }
        }
        return List.copyOf(pods.values());
    }

    private Node node(Machine machine) {
        NodeBuilder node = new NodeBuilder()
                .withNewMetadata()
                .withName(machine.name())
                .addToAnnotations(FakeNodes.ANNOTATION, player)
                .addToLabels(SCENARIO, scenario.name())
                .addToLabels("kubernetes.io/hostname", machine.name())
                .addToLabels(machine.labels())
                .endMetadata()
                .withNewStatus()
                .addToAllocatable(quantities(machine.shape()))
                .addToAllocatable("pods", new Quantity("110"))
                .addToCapacity(quantities(machine.shape()))
                .addToCapacity("pods", new Quantity("110"))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .endCondition()
                .endStatus();
        if (machine.tainted()) {
            node.withNewSpec()
                    .addNewTaint()
                    .withKey(TAINT)
                    .withValue("yes")
                    .withEffect("NoSchedule")
                    .endTaint()
                    .endSpec();
        }
        return node.build();
    }

    private Pod resident(String name, String node, Amounts ask) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(SCENARIO, scenario.name())
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewResources()
                .addToRequests(quantities(ask))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Queue queue(Line line) {
        QueueBuilder queue = new QueueBuilder()
                .withNewMetadata()
                .withName(line.name())
                .endMetadata()
                .withNewSpec()
                .withWeight(1)
                .withReclaimable(false)
                .endSpec();
        if (line.capability() != null) {
            queue.editSpec().withCapability(quantities(line.capability())).endSpec();
        }
        return queue.build();
    }

    private PodGroup group(Band band) {
        Map<String, Integer> minima = new TreeMap<>();
        band.parts().stream()
                .filter(part -> part.minimum() > 0)
                .forEach(part -> minima.put(part.role(), part.minimum()));
        return new PodGroupBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(band.name())
                .addToLabels(SCENARIO, scenario.name())
                .endMetadata()
                .withNewSpec()
                .withQueue(band.line())
                .withPriorityClassName(LEVELS.get(band.level()))
                .withMinMember(band.minMember())
                .withMinTaskMember(minima)
                .endSpec()
                .build();
    }

    private Pod pod(Band band, Part part, int index, int number) {
        Map<String, String> selector = new TreeMap<>(part.selector());
        selector.put(SCENARIO, scenario.name());
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("%s-%s-%d".formatted(band.name(), part.role(), number))
                .addToLabels(SCENARIO, scenario.name())
                .addToLabels(GANG, band.name())
                .addToAnnotations("scheduling.k8s.io/group-name", band.name())
                .addToAnnotations("volcano.sh/task-spec", part.role())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("volcano")
                .withPriorityClassName(LEVELS.get(band.level()))
                .withRestartPolicy("Never")
                .withNodeSelector(selector)
                .withNewAffinity()
                .withNewPodAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey(SCENARIO)
                .withNewLabelSelector()
                .addToMatchLabels(OPENER, scenario.name())
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .endAffinity()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewResources()
                .addToRequests(quantities(part.ask()))
                .addToLimits(quantities(new Amounts(0, 0, part.ask().gpus())))
                .endResources()
                .endContainer()
                .endSpec();
        if (part.tolerates()) {
            pod.editSpec()
                    .addNewToleration()
                    .withKey(TAINT)
                    .withOperator("Exists")
                    .endToleration()
                    .endSpec();
        }
        if (index < part.gated()) {
            pod.editSpec()
                    .addNewSchedulingGate()
                    .withName("muster.dev/test")
                    .endSchedulingGate()
                    .endSpec();
        }
        return pod.build();
    }

    private static Map<String, Quantity> quantities(Amounts amounts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        if (amounts.cpu() > 0) {
            quantities.put("cpu", new Quantity(amounts.cpu() + "m"));
        }
        if (amounts.memory() > 0) {
            quantities.put("memory", new Quantity(amounts.memory() + "Mi"));
        }
        if (amounts.gpus() > 0) {
            quantities.put("nvidia.com/gpu", new Quantity(Integer.toString(amounts.gpus())));
        }
        return quantities;
    }
}
