package dev.muster.cycle;

import dev.muster.cycle.KubernetesSite.SeenPod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An autoscaler for a site's pool, whose nodes take one pod each: it adds one for each pod that is marked {@code Unschedulable} and
 * finds no idle node, until the market is empty. It keeps count of gangs that hold a part of their nodes.
 */
final class GrowingNodes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GrowingNodes.class.getName());

    private final KubernetesSite site;
    private final int market;
    private final int gang;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger mostPartly = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private GrowingNodes(KubernetesSite site, int market, int gang) {
        this.site = site;
        this.market = market;
        this.gang = gang;
    }

    /** At most {@code market} nodes in all, for gangs of {@code gang} pods. */
    static GrowingNodes start(KubernetesSite site, int market, int gang) {
        GrowingNodes nodes = new GrowingNodes(site, market, gang);
        nodes.thread.scheduleWithFixedDelay(nodes::look, 0, 300, TimeUnit.MILLISECONDS);
        return nodes;
    }

    int made() {
        return made.get();
    }

    /** Most gangs that waited at once, each with a part of its nodes. */
    int mostPartly() {
        return mostPartly.get();
    }

    private void look() {
        try {
            List<SeenPod> pods = site.seenPods();
            mostPartly.accumulateAndGet(partly(pods), Math::max);
            Set<String> used = pods.stream()
                    .map(SeenPod::node)
                    .filter(node -> !node.isEmpty())
                    .collect(Collectors.toSet());
            long wanted = pods.stream().filter(SeenPod::unschedulable).count()
                    - site.nodes().stream().filter(node -> !used.contains(node)).count();
            for (long node = 0; node < wanted && made.get() < market; node++) {
                site.growByOne();
                made.incrementAndGet();
            }
        } catch (KubernetesClientException e) {
            // As a real one: the next look finds the same.
            LOG.log(System.Logger.Level.INFO, "act=look-again why={0}", e.getMessage());
        }
    }

    private int partly(List<SeenPod> pods) {
        Map<String, List<SeenPod>> byAttempt = pods.stream().collect(Collectors.groupingBy(SeenPod::attempt));
        return (int) byAttempt.values().stream()
                .filter(own -> own.stream().allMatch(SeenPod::waits))
                .map(own -> own.stream().filter(pod -> !pod.node().isEmpty()).count())
                .filter(bound -> bound > 0 && bound < gang)
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
