package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
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

/**
 * Adds nodes as real autoscalers do: one for each pod, at most, that a scheduler marked {@code Unschedulable}, each node as large
 * as one pod of the test; and refuses those that the market does not have.
 */
final class ScriptedAutoscaler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ScriptedAutoscaler.class.getName());

    private final ContractSite site;
    private final String pool;
    private final AtomicInteger market = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Map<Integer, AtomicInteger> looks = new ConcurrentHashMap<>();
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

    int made() {
        return made.get();
    }

    int refused() {
        return refused.get();
    }

    private void look() {
        try {
            int wanted = unschedulable();
            looks.computeIfAbsent(wanted, count -> new AtomicInteger()).incrementAndGet();
            // Free room is packed first.
            wanted -= idle();
            for (int i = 0; i < wanted; i++) {
                if (made.get() >= market.get()) {
                    refused.incrementAndGet();
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

    /** How often it looked and so many pods were marked. */
    int looksWith(int unschedulable) {
        return looks.getOrDefault(unschedulable, new AtomicInteger()).get();
    }

    private List<Pod> pods() {
        return site.admin().pods().inNamespace(site.id).list().getItems();
    }

    private int unschedulable() {
        return (int) pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getConditions() != null)
                .filter(pod -> pod.getStatus().getConditions().stream().anyMatch(ScriptedAutoscaler::isUnschedulable))
                .count();
    }

    private static boolean isUnschedulable(PodCondition condition) {
        return "PodScheduled".equals(condition.getType())
                && "False".equals(condition.getStatus())
                && "Unschedulable".equals(condition.getReason());
    }

    /** Every node takes one pod of the test. */
    private int idle() {
        Set<String> used = pods().stream()
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return (int) site.admin().nodes().withLabel(Labels.POOL, pool).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .filter(name -> name.startsWith(site.id) && !used.contains(name))
                .count();
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
