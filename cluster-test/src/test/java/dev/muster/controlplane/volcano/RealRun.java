package dev.muster.controlplane.volcano;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** Scenarios on a cluster with Volcano, several at once: each has nodes, queues and gangs of its own. */
final class RealRun implements AutoCloseable {
    private static final int WRITERS = 16;
    /** Volcano looks every second. */
    private static final Duration SESSIONS = Duration.ofSeconds(4);

    private final KubernetesClient client;
    private final String namespace = "fidelity-" + UUID.randomUUID().toString().substring(0, 8);
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    RealRun(KubernetesClient client) {
        this.client = client;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (String level : ScenarioObjects.LEVELS) {
            client.resource(new PriorityClassBuilder()
                            .withNewMetadata()
                            .withName(level)
                            .endMetadata()
                            .withValue(1 + ScenarioObjects.LEVELS.indexOf(level))
                            .withPreemptionPolicy("Never")
                            .build())
                    .serverSideApply();
        }
        eventually()
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    /** By scenario, the gangs that Volcano starts. */
    Map<String, Set<String>> started(Collection<Scenario> scenarios) {
        List<ScenarioObjects> all = scenarios.stream()
                .map(scenario -> new ScenarioObjects(scenario, namespace))
                .toList();
        each(all, objects -> {
            objects.nodes().forEach(this::make);
            objects.queues().forEach(this::make);
            objects.residents().forEach(this::make);
        });
        eventually().until(() -> openQueues().containsAll(names(all, ScenarioObjects::queues)));
        // One after the other: of groups of one age Volcano takes the first by name.
        each(all, objects -> {
            objects.groups().forEach(this::make);
            objects.pods().forEach(this::make);
        });
        eventually().until(() -> client.resources(PodGroup.class).inNamespace(namespace).list().getItems().stream()
                .allMatch(group -> group.getStatus() != null
                        && "Inqueue".equals(group.getStatus().getPhase())));
        await().pollDelay(SESSIONS).atMost(SESSIONS.plusSeconds(60)).until(() -> true);
        if (bound().values().stream().anyMatch(count -> count > 0)) {
            throw new IllegalStateException("Something was started before the nodes were opened: " + bound());
        }
        each(all, objects -> make(objects.opener()));
        settle();
        Map<String, Integer> bound = bound();
        Map<String, Set<String>> started = new TreeMap<>();
        for (Scenario scenario : scenarios) {
            Set<String> names = new TreeSet<>();
            for (Scenario.Band band : scenario.bands()) {
                int pods = bound.getOrDefault(band.name(), 0);
                if (pods > 0 && pods < band.minMember()) {
                    throw new IllegalStateException("Volcano started %d pods of %s".formatted(pods, band));
                }
                if (pods > 0) {
                    names.add(band.name());
                }
            }
            started.put(scenario.name(), names);
        }
        takeAway(all);
        return started;
    }

    @Override
    public void close() {
        writers.shutdownNow();
        client.namespaces().withName(namespace).delete();
        ScenarioObjects.LEVELS.forEach(level ->
                client.scheduling().v1().priorityClasses().withName(level).delete());
    }

    /** Until nothing was bound for several sessions. */
    private void settle() {
        List<Map<String, Integer>> last = new ArrayList<>(List.of(Map.of()));
        long[] since = {System.nanoTime()};
        eventually().until(() -> {
            Map<String, Integer> now = bound();
            if (!now.equals(last.get(0))) {
                last.set(0, now);
                since[0] = System.nanoTime();
            }
            // Of many scenarios some start something: a scheduler that has bound nothing has not looked yet.
            return !now.isEmpty() && System.nanoTime() - since[0] > SESSIONS.toNanos();
        });
    }

    private Map<String, Integer> bound() {
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
        return bound;
    }

    private Set<String> openQueues() {
        return client.resources(Queue.class).list().getItems().stream()
                .filter(queue -> queue.getStatus() != null
                        && "Open".equals(queue.getStatus().getState()))
                .map(queue -> queue.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private void takeAway(List<ScenarioObjects> all) {
        // One by one: a request that deletes hundreds may take longer than a client waits.
        each(all, objects -> {
            objects.groups().forEach(group -> client.resource(group).delete());
            Stream.of(objects.pods(), objects.residents(), List.of(objects.opener()))
                    .flatMap(List::stream)
                    .forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        });
        eventually()
                .until(() ->
                        client.pods().inNamespace(namespace).list().getItems().isEmpty());
        each(all, objects -> {
            objects.queues().forEach(queue -> client.resource(queue).delete());
            objects.nodes().forEach(node -> client.resource(node).delete());
        });
    }

    private static Set<String> names(
            List<ScenarioObjects> all,
            java.util.function.Function<ScenarioObjects, ? extends Collection<? extends HasMetadata>> which) {
        return all.stream()
                .flatMap(objects -> which.apply(objects).stream())
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private void make(HasMetadata object) {
        client.resource(object).create();
    }

    private void each(List<ScenarioObjects> all, Consumer<ScenarioObjects> work) {
        CompletableFuture.allOf(all.stream()
                        .map(objects -> CompletableFuture.runAsync(() -> work.accept(objects), writers))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(300));
    }
}
