package dev.muster.controlplane.volcano;

import dev.muster.controlplane.volcano.Scenario.Band;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One look at the gangs of scenarios: those of which Volcano says that they are scheduled, and how many pods of each have a node. */
record Looks(Set<String> scheduled, Map<String, Integer> bound) {
    static Looks at(KubernetesClient client, String namespace) {
        Map<String, Integer> bound = new TreeMap<>();
        for (Pod pod : client.pods()
                .inNamespace(namespace)
                .withLabel(ScenarioObjects.GANG)
                .list()
                .getItems()) {
            if (pod.getSpec().getNodeName() != null) {
                bound.merge(pod.getMetadata().getLabels().get(ScenarioObjects.GANG), 1, Integer::sum);
            }
        }
        Set<String> scheduled = client
                .resources(PodGroup.class)
                .inNamespace(namespace)
                .withLabel(ScenarioObjects.SCENARIO)
                .list()
                .getItems()
                .stream()
                .filter(Looks::isScheduled)
                .map(group -> group.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Looks(scheduled, bound);
    }

    private static boolean isScheduled(PodGroup group) {
        return group.getStatus() != null
                && group.getStatus().getConditions() != null
                && group.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Scheduled".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** What Volcano says and what it has done are the same: nothing that it decided is on its way. */
    boolean agree(Collection<Scenario> scenarios) {
        return scenarios.stream().flatMap(scenario -> scenario.bands().stream()).allMatch(this::agree);
    }

    private boolean agree(Band band) {
        int pods = bound.getOrDefault(band.name(), 0);
        return scheduled.contains(band.name()) ? pods >= band.minMember() : pods == 0;
    }

    Set<String> started(Scenario scenario) {
        return scenario.bands().stream()
                .map(Band::name)
                .filter(scheduled::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
