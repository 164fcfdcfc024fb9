package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.controlplane.OwnControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The cluster's side of a service under test: nodes, namespaces, and every pod that was ever made there. */
final class KubernetesSite implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String POOL = "muster.dev/pool";

    private final KubernetesClient admin;
    private final String id = "svc-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> nodes = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private final List<String> queues = new ArrayList<>();
    /** Pod by namespace and name: the uids that it had. */
    private final Map<String, Set<String>> made = new ConcurrentHashMap<>();
    /** Attempt: its pods that have been seen on a node. */
    private final Map<String, Set<String>> bound = new ConcurrentHashMap<>();

    private final SharedIndexInformer<Pod> pods;

    KubernetesSite(OwnControlPlane plane) {
        admin = plane.client();
        pods = admin.pods()
                .inAnyNamespace()
                .withLabel("muster.dev/installation")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        see(pod);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {
                        see(pod);
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {}
                });
    }

    /** One queue, one team with its namespace, one pool with so many nodes of 8 cpus; all named for this site. */
    void declare(Installation site, int count) {
        namespace(id);
        for (int i = 0; i < count; i++) {
            node("cpu", Map.of("cpu", "8", "memory", "32Gi"), Map.of(POOL, id), List.of());
        }
        queue(site, id, "{}");
        site.put("/api/v1/teams/vision", """
                {"kind": "Team", "metadata": {"name": "vision"}, "spec": {"queue": "%s", "namespace": "%s"}}""".formatted(id, id));
        site.put("/api/v1/pools/" + id, """
                {"kind": "Pool", "metadata": {"name": "%s"}, "spec": {"nodes": %d, "resources": {"cpu": "8"}}}""".formatted(id, count));
    }

    /** The demo's queues, teams and pools, on nodes that are as its pools say. */
    void declareDemo(Installation site) {
        // A queue may name its team and a team its queue: the queues come first without one.
        for (JsonNode queue : demo("queues.yaml")) {
            ObjectNode spec = queue.path("spec").deepCopy();
            spec.remove("team");
            queue(site, queue.path("metadata").path("name").asText(), spec.toString());
        }
        for (JsonNode team : demo("teams.yaml")) {
            String name = team.path("metadata").path("name").asText();
            if (!name.equals("default")) {
                namespace(name);
            }
            site.put("/api/v1/teams/" + name, team.toString());
        }
        for (JsonNode queue : demo("queues.yaml")) {
            var answer = site.send(
                    "PUT",
                    "/api/v1/queues/" + queue.path("metadata").path("name").asText(),
                    queue.toString(),
                    Map.of("If-Match", "*"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        for (JsonNode pool : demo("pools.yaml")) {
            site.put("/api/v1/pools/" + pool.path("metadata").path("name").asText(), pool.toString());
            if (!pool.path("spec").path("localProcesses").asBoolean()) {
                nodesOf(pool);
            }
        }
    }

    /** The demo's jobs, one JSON each. */
    List<String> demoLoad() {
        return demo("load.yaml").stream().map(JsonNode::toString).toList();
    }

    void submit(Installation site, String key, String jobs) {
        String team = "vision";
        try {
            JsonNode first = JSON.readTree("[" + jobs + "]").get(0);
            if (first.path("metadata").has("team")) {
                team = first.path("metadata").path("team").asText();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var answer = site.send(
                "POST",
                "/api/v1/teams/" + team + "/jobs:batchCreate",
                "{\"jobs\": [" + jobs + "]}",
                Map.of("Idempotency-Key", key));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    String id() {
        return id;
    }

    List<String> queues() {
        return queues;
    }

    long running() {
        return ours().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .count();
    }

    void assertNothingIsLeftAndNoPodWasMadeTwice() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ours().isEmpty());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> namespaces.stream()
                .allMatch(each -> admin.resources(PodGroup.class)
                        .inNamespace(each)
                        .list()
                        .getItems()
                        .isEmpty()));
        assertThat(made)
                .isNotEmpty()
                .allSatisfy((pod, uids) -> assertThat(uids).as(pod).hasSize(1));
    }

    /** No attempt was ever seen with some of its pods on nodes for good: all of them got there. */
    void assertEveryGangStartedWhole() {
        Map<String, Long> sizes = made.keySet().stream()
                .collect(Collectors.groupingBy(pod -> pod.replaceAll("-[a-z]+-\\d+$", ""), Collectors.counting()));
        assertThat(bound)
                .allSatisfy((attempt, pods) ->
                        assertThat((long) pods.size()).as(attempt).isEqualTo(sizes.get(attempt)));
        assertThat(bound.keySet()).isEqualTo(sizes.keySet());
    }

    @Override
    public void close() {
        pods.close();
        nodes.forEach(name -> admin.nodes().withName(name).delete());
        namespaces.forEach(name -> {
            admin.pods().inNamespace(name).withGracePeriod(0).delete();
            admin.resources(PodGroup.class).inNamespace(name).delete();
            admin.namespaces().withName(name).delete();
        });
        queues.forEach(name -> admin.resources(Queue.class).withName(name).delete());
        namespaces.forEach(name -> Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin.namespaces().withName(name).get() == null));
    }

    private void see(Pod pod) {
        if (!namespaces.contains(pod.getMetadata().getNamespace())) {
            return;
        }
        String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        made.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet())
                .add(pod.getMetadata().getUid());
        if (pod.getSpec().getNodeName() != null) {
            bound.computeIfAbsent(name.replaceAll("-[a-z]+-\\d+$", ""), key -> ConcurrentHashMap.newKeySet())
                    .add(name);
        }
    }

    private List<Pod> ours() {
        return namespaces.stream()
                .flatMap(each -> admin.pods().inNamespace(each).list().getItems().stream())
                .toList();
    }

    private void queue(Installation site, String name, String spec) {
        site.put("/api/v1/queues/" + name, """
                {"kind": "Queue", "metadata": {"name": "%s"}, "spec": %s}""".formatted(name, spec));
        queues.add(name);
    }

    private void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(name);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
    }

    private void nodesOf(JsonNode pool) {
        JsonNode spec = pool.path("spec");
        Map<String, String> amounts = new HashMap<>();
        spec.path("resources")
                .properties()
                .forEach(e -> amounts.put(e.getKey(), e.getValue().asText()));
        Map<String, String> labels = new HashMap<>();
        spec.path("labels")
                .properties()
                .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        String name = pool.path("metadata").path("name").asText();
        labels.put(POOL, name);
        List<io.fabric8.kubernetes.api.model.Taint> taints = new ArrayList<>();
        spec.path("taints")
                .forEach(taint -> taints.add(new TaintBuilder()
                        .withKey(taint.path("key").asText())
                        .withEffect(taint.path("effect").asText())
                        .build()));
        for (int i = 0; i < spec.path("nodes").asInt(); i++) {
            node(name, amounts, labels, taints);
        }
    }

    private void node(
            String kind,
            Map<String, String> allocatable,
            Map<String, String> labels,
            List<io.fabric8.kubernetes.api.model.Taint> taints) {
        Map<String, Quantity> amounts = new HashMap<>();
        allocatable.forEach((resource, amount) -> amounts.put(resource, new Quantity(amount)));
        amounts.put("pods", new Quantity("110"));
        String name = "%s-%s-%d".formatted(id, kind, nodes.size());
        nodes.add(name);
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations("kwok.x-k8s.io/node", "fake")
                        .addToLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withTaints(taints)
                        .endSpec()
                        .withNewStatus()
                        .withAllocatable(amounts)
                        .withCapacity(amounts)
                        .endStatus()
                        .build())
                .create();
    }

    private static List<JsonNode> demo(String file) {
        try {
            List<JsonNode> all = new ArrayList<>();
            for (String document : Files.readString(Path.of("")
                            .toAbsolutePath()
                            .resolve("../examples/demo")
                            .resolve(file))
                    .split("(?m)^---$")) {
                JsonNode node = YAML.readTree(document);
                if (node != null && node.isObject()) {
                    all.add(node);
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
