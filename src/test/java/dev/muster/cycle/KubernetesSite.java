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
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The cluster's side of a service under test: nodes, namespaces, and every pod that was ever made there. */
final class KubernetesSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String POOL = "muster.dev/pool";
    private static final String RUN_TIME = "simulation.muster.dev/run-time";

    private final KubernetesClient admin;
    private final String id = "svc-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> nodes = new CopyOnWriteArrayList<>();
    private final List<String> namespaces = new CopyOnWriteArrayList<>();
    private final List<String> queues = new CopyOnWriteArrayList<>();
    /** Pod by namespace and name: the uids that it had. */
    private final Map<String, Set<String>> made = new ConcurrentHashMap<>();
    /** Pods that have been seen on a node. */
    private final Set<String> bound = ConcurrentHashMap.newKeySet();

    private final Set<String> elastic = ConcurrentHashMap.newKeySet();

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

    /** One queue, one team with its namespace, one pool with so many nodes of 8 cpus; all named for this site but the team. */
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

    /** A token of a service account in the team's namespace, meant for {@code audience}. */
    String tokenFor(String audience) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(id)
                        .withName("caller")
                        .endMetadata()
                        .build())
                .serverSideApply();
        return admin.serviceAccounts()
                .inNamespace(id)
                .withName("caller")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(3_600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** The same with a pool that has no nodes yet, and may have so many of 2 cpus. */
    void declareGrowing(Installation site, int most) {
        declare(site, 0);
        var answer = site.send("PUT", "/api/v1/pools/" + id, """
                {"kind": "Pool", "metadata": {"name": "%s"}, "spec": {"nodes": 0, "maxNodes": %d, "resources": {"cpu": "2"}}}""".formatted(id, most), Map.of("If-Match", "*"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** One node more of such a pool. */
    void growByOne() {
        node("cpu", Map.of("cpu", "2", "memory", "8Gi"), Map.of(POOL, id), List.of());
    }

    List<String> nodes() {
        return nodes;
    }

    /** {@code node} is empty before it is bound; {@code waits}: it is a placeholder, or has not started. */
    record SeenPod(String attempt, String node, boolean waits, boolean unschedulable) {}

    List<SeenPod> seenPods() {
        return ours().stream()
                .filter(pod -> pod.getMetadata().getLabels().containsKey("muster.dev/installation"))
                .map(KubernetesSite::seen)
                .toList();
    }

    private static SeenPod seen(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        boolean waits = labels.containsKey("muster.dev/placeholder")
                || "Pending".equals(pod.getStatus().getPhase());
        boolean isUnschedulable = pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> "PodScheduled".equals(condition.getType())
                                && "Unschedulable".equals(condition.getReason()));
        String node = pod.getSpec().getNodeName();
        return new SeenPod(labels.get("muster.dev/attempt"), node == null ? "" : node, waits, isUnschedulable);
    }

    /** The demo's queues, teams and pools, on nodes that are as its pools say; the teams' namespaces are named for this site. */
    void declareDemo(Installation site) {
        // A queue may name its team and a team its queue: the queues come first without one.
        for (JsonNode queue : demo("queues.yaml")) {
            ObjectNode spec = queue.path("spec").deepCopy();
            spec.remove("team");
            queue(site, nameOf(queue), spec.toString());
        }
        for (JsonNode team : demo("teams.yaml")) {
            String namespace = id + "-" + nameOf(team);
            namespace(namespace);
            ((ObjectNode) team.path("spec")).put("namespace", namespace);
            site.put("/api/v1/teams/" + nameOf(team), team.toString());
        }
        for (JsonNode queue : demo("queues.yaml")) {
            var answer = site.send("PUT", "/api/v1/queues/" + nameOf(queue), queue.toString(), Map.of("If-Match", "*"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        for (JsonNode pool : demo("pools.yaml")) {
            if (!pool.path("spec").path("localProcesses").asBoolean()) {
                site.put("/api/v1/pools/" + nameOf(pool), pool.toString());
                nodesOf(pool);
            }
        }
    }

    /** The demo's jobs by team; each pod runs for a tenth of the time. */
    Map<String, List<JsonNode>> demoLoad() {
        List<JsonNode> load = demo("load.yaml");
        for (JsonNode job : load) {
            ObjectNode annotations = (ObjectNode) job.path("metadata").path("annotations");
            String seconds = annotations.path(RUN_TIME).asText().replaceAll("s$", "");
            annotations.put(RUN_TIME, Integer.parseInt(seconds) * 100 + "ms");
        }
        return load.stream()
                .collect(Collectors.groupingBy(
                        job -> job.path("metadata").path("team").asText()));
    }

    String id() {
        return id;
    }

    List<String> queues() {
        return queues;
    }

    /** The pods of a job that run, by their uid. */
    Set<String> running(String jobName) {
        return ours().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(pod -> jobName.equals(pod.getMetadata().getAnnotations().get("muster.dev/job-name")))
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    void assertNothingIsLeftAndNoPodWasMadeTwice() {
        Awaitility.await().atMost(PATIENCE).until(() -> ours().isEmpty());
        Awaitility.await().atMost(PATIENCE).until(() -> namespaces.stream()
                .allMatch(each -> admin.resources(PodGroup.class)
                        .inNamespace(each)
                        .list()
                        .getItems()
                        .isEmpty()));
        assertThat(made)
                .isNotEmpty()
                .allSatisfy((pod, uids) -> assertThat(uids).as(pod).hasSize(1));
    }

    /** Every pod of every gang that was made got to a node; those above a minimum may come too late. */
    void assertEveryGangStartedWhole() {
        Map<String, Long> sizes = made.keySet().stream()
                .filter(pod -> !elastic.contains(pod))
                .collect(Collectors.groupingBy(KubernetesSite::attempt, Collectors.counting()));
        Map<String, Long> started = bound.stream()
                .filter(pod -> !elastic.contains(pod))
                .collect(Collectors.groupingBy(KubernetesSite::attempt, Collectors.counting()));
        assertThat(started).isEqualTo(sizes);
    }

    /** The namespaces are this site's alone: nobody has to wait until they are gone. */
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
    }

    private void see(Pod pod) {
        if (!namespaces.contains(pod.getMetadata().getNamespace())) {
            return;
        }
        String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        made.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet())
                .add(pod.getMetadata().getUid());
        if (pod.getMetadata().getLabels().containsKey("muster.dev/elastic")) {
            elastic.add(name);
        }
        if (pod.getSpec().getNodeName() != null) {
            bound.add(name);
        }
    }

    private static String attempt(String pod) {
        return pod.replaceAll("-[a-z]+-\\d+$", "");
    }

    private static String nameOf(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private List<Pod> ours() {
        return namespaces.stream()
                .flatMap(each -> admin.pods().inNamespace(each).list().getItems().stream())
                .toList();
    }

    void queue(Installation site, String name, String spec) {
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
                .atMost(PATIENCE)
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
        String name = nameOf(pool);
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
                            .resolveSibling("examples/demo")
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
