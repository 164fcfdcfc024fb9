package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds nodes as real autoscalers do: one for each pod, at most, that a scheduler marked {@code Unschedulable}, each node as large
 * as one pod of the test; and refuses those that the market does not have, with Cluster Autoscaler's words about the pods and the
 * group. Where it is told to, it removes idle nodes of another pool, and waits with that after each try to add some.
 */
final class ScriptedAutoscaler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ScriptedAutoscaler.class.getName());

    private static final int LOOKS_OF_IDLENESS = 3;
    private static final int LOOKS_OF_DELAY = 10;

    private final ContractSite site;
    private final String pool;
    private final AtomicInteger market = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Map<Integer, AtomicInteger> looks = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> idleLooks = new ConcurrentHashMap<>();
    private volatile String shrinking = "";
    private volatile boolean delaysAreLocal;
    private volatile int looksSinceTry = Integer.MAX_VALUE;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private ScriptedAutoscaler(ContractSite site, String pool, int market) {
        this.site = site;
        this.pool = pool;
        this.market.set(market);
    }

    /** {@code market}: how many nodes can be had. */
    static ScriptedAutoscaler start(ContractSite site, String pool, int market) {
        ScriptedAutoscaler autoscaler = new ScriptedAutoscaler(site, pool, market);
        autoscaler.thread.scheduleWithFixedDelay(autoscaler::look, 0, 300, TimeUnit.MILLISECONDS);
        return autoscaler;
    }

    void market(int nodes) {
        market.set(nodes);
    }

    /** Removes idle nodes of this pool from now on. */
    void shrink(String other) {
        shrinking = other;
    }

    /** As with the flag that mends it. */
    void delaysAreLocal() {
        delaysAreLocal = true;
    }

    int made() {
        return made.get();
    }

    int refused() {
        return refused.get();
    }

    private void look() {
        try {
            looksSinceTry = looksSinceTry == Integer.MAX_VALUE ? looksSinceTry : looksSinceTry + 1;
            // One look at all pods: one that is bound between two would be wanted and take a node.
            List<Pod> pods = pods();
            removeIdle(pods);
            int wanted = (int) unschedulable(pods).count();
            looks.computeIfAbsent(wanted, count -> new AtomicInteger()).incrementAndGet();
            // Free room is packed first.
            wanted -= idle(pods);
            for (int i = 0; i < wanted; i++) {
                looksSinceTry = 0;
                if (made.get() >= market.get()) {
                    refused.incrementAndGet();
                    sayNo(pods);
                    return;
                }
                site.node(
                        new ContractSite.NodeLike(pool, Map.of("cpu", "4", "memory", "8Gi"), Map.of(), List.of(), 10));
                made.incrementAndGet();
            }
        } catch (KubernetesClientException e) {
            // As a real one: the next look finds the same.
            LOG.log(System.Logger.Level.INFO, "act=look-again why={0}", e.getMessage());
        }
    }

    /** A try anywhere begins the delay anew, unless delays are each group's own. */
    private void removeIdle(List<Pod> pods) {
        if (shrinking.isEmpty() || (!delaysAreLocal && looksSinceTry < LOOKS_OF_DELAY)) {
            return;
        }
        Set<String> used = used(pods);
        for (String name : site.nodes(shrinking)) {
            if (!used.contains(name) && idleLooks.merge(name, 1, Integer::sum) > LOOKS_OF_IDLENESS) {
                site.removeNode(name);
            }
        }
    }

    private void sayNo(List<Pod> pods) {
        site.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("cluster-autoscaler-status")
                        .withNamespace(site.id)
                        .endMetadata()
                        .withData(Map.of("status", """
                                time: now
                                autoscalerStatus: Running
                                nodeGroups:
                                - name: group-%s
                                  scaleUp:
                                    status: Backoff
                                    backoffInfo: {errorCode: OutOfResource, errorMessage: no %s left}
                                """.formatted(pool, pool)))
                        .build())
                .serverSideApply();
        unschedulable(pods).filter(pod -> told.add(pod.getMetadata().getUid())).forEach(this::tell);
    }

    private void tell(Pod pod) {
        site.admin()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName() + "-refused")
                        .withNamespace(site.id)
                        .endMetadata()
                        .withReason("NotTriggerScaleUp")
                        .withMessage("pod didn't trigger scale-up: 1 in backoff after failed scale-up")
                        .withType("Normal")
                        .withLastTimestamp(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                        .withNewSource("cluster-autoscaler", null)
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withNamespace(site.id)
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create();
    }

    /** How often it looked and so many pods were marked. */
    int looksWith(int unschedulable) {
        return looks.getOrDefault(unschedulable, new AtomicInteger()).get();
    }

    private List<Pod> pods() {
        return site.admin().pods().inNamespace(site.id).list().getItems();
    }

    private static Stream<Pod> unschedulable(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !isToWait(pod))
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getConditions() != null)
                .filter(pod -> pod.getStatus().getConditions().stream().anyMatch(ScriptedAutoscaler::isUnschedulable));
    }

    /** A pod may say how long it is none of the autoscaler's business. */
    private static boolean isToWait(Pod pod) {
        String delay = pod.getMetadata().getAnnotations() == null
                ? null
                : pod.getMetadata().getAnnotations().get("cluster-autoscaler.kubernetes.io/pod-scale-up-delay");
        return delay != null
                && Instant.parse(pod.getMetadata().getCreationTimestamp())
                        .plus(Duration.parse("PT" + delay))
                        .isAfter(Instant.now());
    }

    private static boolean isUnschedulable(PodCondition condition) {
        return "PodScheduled".equals(condition.getType())
                && "False".equals(condition.getStatus())
                && "Unschedulable".equals(condition.getReason());
    }

    /** Every node takes one pod of the test. */
    private int idle(List<Pod> pods) {
        Set<String> used = used(pods);
        return (int) site.admin().nodes().withLabel(Labels.POOL, pool).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .filter(name -> name.startsWith(site.id) && !used.contains(name))
                .count();
    }

    private static Set<String> used(List<Pod> pods) {
        return pods.stream()
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // A node that is made after the site is gone would stay.
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
