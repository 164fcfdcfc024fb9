package dev.muster.controlplane.volcano;

import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private static final int MOST_SESSIONS = 30;

    private final TestCluster cluster;
    private final KubernetesClient client;
    private final String namespace = "fidelity-" + UUID.randomUUID().toString().substring(0, 8);
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private int batch;

    RealRun(TestCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
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
                .map(scenario -> new ScenarioObjects(scenario, namespace, cluster.player()))
                .toList();
        each(all, objects -> {
            objects.nodes().forEach(this::make);
            objects.queues().forEach(this::make);
            objects.residents().forEach(this::make);
        });
        eventually().until(() -> openQueues().containsAll(names(all, ScenarioObjects::queues)));
        eventually().until(() -> readyNodes().containsAll(names(all, ScenarioObjects::nodes)));
        // One after the other: of groups of one age Volcano takes the first by name.
        each(all, objects -> {
            objects.groups().forEach(this::make);
            objects.pods().forEach(this::make);
        });
        eventually().until(() -> client.resources(PodGroup.class).inNamespace(namespace).list().getItems().stream()
                .allMatch(group -> group.getStatus() != null
                        && "Inqueue".equals(group.getStatus().getPhase())));
        Map<String, Set<String>> started = new TreeMap<>();
        try (Sentinel sentinel = Sentinel.post(cluster, namespace, namespace + "-" + batch++)) {
            sentinel.awaitSession();
            Looks before = Looks.at(client, namespace);
            if (!before.bound().isEmpty()) {
                throw new IllegalStateException("Something was started before the nodes were opened: " + before);
            }
            each(all, objects -> make(objects.opener()));
            Looks settled = settle(scenarios, sentinel);
            scenarios.forEach(scenario -> started.put(scenario.name(), settled.started(scenario)));
        }
        takeAway(all);
        return started;
    }

    /**
     * Until a whole session changed nothing. The first session here has seen the nodes open, and has ended, with all that it says of
     * PodGroups written, when the second one is met; so has the second when the third is. Bindings are written beside sessions, so
     * what is said and what is done are compared too.
     */
    private Looks settle(Collection<Scenario> scenarios, Sentinel sentinel) {
        sentinel.awaitSession();
        sentinel.awaitSession();
        Looks last = Looks.at(client, namespace);
        for (int session = 0; session < MOST_SESSIONS; session++) {
            sentinel.awaitSession();
            Looks now = Looks.at(client, namespace);
            if (now.equals(last) && now.agree(scenarios)) {
                return now;
            }
            last = now;
        }
        throw new IllegalStateException("Volcano comes to no end: " + last);
    }

    @Override
    public void close() {
        writers.shutdownNow();
        client.namespaces().withName(namespace).delete();
        ScenarioObjects.LEVELS.forEach(level ->
                client.scheduling().v1().priorityClasses().withName(level).delete());
    }

    private Set<String> openQueues() {
        return client.resources(Queue.class).list().getItems().stream()
                .filter(queue -> queue.getStatus() != null
                        && "Open".equals(queue.getStatus().getState()))
                .map(queue -> queue.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private Set<String> readyNodes() {
        return client.nodes().withLabel(ScenarioObjects.SCENARIO).list().getItems().stream()
                .filter(FakeNodes::isReady)
                .map(node -> node.getMetadata().getName())
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
