package dev.muster.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes of a test, whose kubelets KWOK plays. Closing takes them away, and what runs there. */
public final class FakeNodes implements AutoCloseable {
    /** Which nodes KWOK plays: those where it is {@link TestCluster#player}. */
    public static final String ANNOTATION = "kwok.x-k8s.io/node";

    /** On a pod: its kubelet is silent, so nothing becomes of it. */
    private static final String STRANDED = "kwok.muster.dev/stranded";
    /** What a node is called by its set; pods that select it go nowhere else. */
    public static final String POOL = "muster.dev/pool";

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    private final KubernetesClient client;
    private final String player;
    private final String pool;
    private final List<String> names = new ArrayList<>();

    private FakeNodes(TestCluster cluster, String pool) {
        this.client = cluster.client();
        this.player = cluster.player();
        this.pool = pool;
    }

    /** Adds nodes {@code <pool>-0}, {@code <pool>-1}, … and waits until all are ready. */
    public static FakeNodes add(TestCluster cluster, String pool, int count, Map<String, String> allocatable) {
        FakeNodes nodes = new FakeNodes(cluster, pool);
        nodes.add(count, allocatable);
        return nodes;
    }

    /** Adds more of them. */
    public void add(int count, Map<String, String> allocatable) {
        int first = names.size();
        List<String> added = IntStream.range(first, first + count)
                .mapToObj(i -> pool + "-" + i)
                .toList();
        names.addAll(added);
        eachAtOnce(
                added, name -> client.nodes().resource(node(name, allocatable)).create());
        awaitReady(added);
    }

    public String pool() {
        return pool;
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** The label that leads a pod to these nodes. */
    public Map<String, String> selector() {
        return Map.of(POOL, pool);
    }

    /** The kubelet says no more: pods there stay as they are, and the node is marked as the node controller would after its grace period. */
    public void lose(String name) {
        annotate(client.nodes().withName(name), ANNOTATION, null);
        podsOn(name).forEach(pod -> annotate(client.resource(pod), STRANDED, "true"));
        setReady(name, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.");
    }

    /** The kubelet says that it is not ready: its pods go on, new ones do not come. */
    public void makeNotReady(String name) {
        setReady(name, "False", "KubeletNotReady", "as the test asks");
    }

    /** A lost or unready node is a good one again, and its pods go on. */
    public void bringBack(String name) {
        annotate(client.nodes().withName(name), ANNOTATION, player);
        setReady(name, "True", "KubeletReady", "kubelet is posting ready status");
        podsOn(name).forEach(pod -> annotate(client.resource(pod), STRANDED, null));
    }

    /** The API server asks that one for the output of pods there. */
    public FakeNodes servedBy(FakeKubelet kubelet) {
        names.forEach(name ->
                client.nodes().withName(name).subresource("status").patch(MERGE, """
                {"status": {"addresses": [{"type": "Hostname", "address": "127.0.0.1"}],
                  "daemonEndpoints": {"kubeletEndpoint": {"Port": %d}}}}""".formatted(kubelet.port())));
        return this;
    }

    /** The machine is taken away, as a spot market or an autoscaler does. */
    public void remove(String name) {
        names.remove(name);
        client.nodes().withName(name).delete();
    }

    /** Nothing new is put on it. */
    public void cordon(String name) {
        client.nodes().withName(name).patch(MERGE, "{\"spec\":{\"unschedulable\":true}}");
    }

    @Override
    public void close() {
        eachAtOnce(names, name -> client.nodes().withName(name).delete());
        names.clear();
    }

    /** On several connections: a thousand nodes one by one take a minute. */
    private static void eachAtOnce(List<String> names, Consumer<String> work) {
        ExecutorService workers = Executors.newFixedThreadPool(16);
        try {
            CompletableFuture.allOf(names.stream()
                            .map(name -> CompletableFuture.runAsync(() -> work.accept(name), workers))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            workers.shutdown();
        }
    }

    private List<Pod> podsOn(String node) {
        return client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .list()
                .getItems();
    }

    /** Kubernetes merges conditions by type, whatever else has changed in between: an edit of what was read may be refused. */
    private void setReady(String name, String status, String reason, String message) {
        Map<String, String> ready = Map.of(
                "type", "Ready",
                "status", status,
                "reason", reason,
                "message", message,
                "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        client.nodes()
                .withName(name)
                .subresource("status")
                .patch(
                        STRATEGIC,
                        client.getKubernetesSerialization()
                                .asJson(Map.of("status", Map.of("conditions", List.of(ready)))));
    }

    /** Sets the annotation; takes it away where {@code value} is null. */
    private void annotate(Resource<?> of, String annotation, @Nullable String value) {
        String word = value == null ? "null" : '"' + value + '"';
        of.patch(MERGE, "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(annotation, word));
    }

    private void awaitReady(List<String> added) {
        await("nodes of pool " + pool + " that are ready and untainted")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.nodes().withLabel(POOL, pool).list().getItems().stream()
                                .filter(FakeNodes::isReady)
                                .map(node -> node.getMetadata().getName())
                                .filter(added::contains)
                                .count()
                        == added.size());
    }

    /** Ready, and no controller keeps pods away from it as from one that is not. */
    public static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))
                && node.getSpec().getTaints().stream()
                        .map(Taint::getKey)
                        .noneMatch("node.kubernetes.io/not-ready"::equals);
    }

    private Node node(String name, Map<String, String> allocatable) {
        Map<String, Quantity> amounts = new TreeMap<>(Map.of("pods", new Quantity("110")));
        allocatable.forEach((resource, amount) -> amounts.put(resource, new Quantity(amount)));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(ANNOTATION, player)
                .addToLabels(POOL, pool)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .endMetadata()
                .withNewStatus()
                .withAllocatable(amounts)
                .withCapacity(amounts)
                .endStatus()
                .build();
    }
}
