package dev.muster.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Watches a namespace, and so knows how long it took to fill it: whoever fills it, it is counted the same way. */
final class BoundPods implements AutoCloseable {
    private static final Pattern COUNTED = Pattern.compile(
            "apiserver_request_total\\{[^}]*resource=\"(?:pods|podgroups|services)\"[^}]*subresource=\"\"[^}]*verb=\"(?:POST|GET|LIST|APPLY)\"[^}]*} (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final KubernetesClient client;
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Pod> informer;

    BoundPods(KubernetesClient client, String namespace) {
        this.client = client;
        informer = client.pods().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                if (pod.getSpec().getNodeName() != null) {
                    bound.add(pod.getMetadata().getUid());
                }
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                onAdd(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
        await(Duration.ofMinutes(1), informer::hasSynced);
    }

    /** {@code work} creates so many pods. */
    LaunchTimes measure(int pods, Runnable work) {
        int before = bound.size();
        long requestsBefore = requests();
        long begin = System.nanoTime();
        work.run();
        double created = secondsSince(begin);
        await(PATIENCE, () -> bound.size() >= before + pods);
        return new LaunchTimes(created, secondsSince(begin), requests() - requestsBefore);
    }

    static void await(Duration most, BooleanSupplier condition) {
        long until = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("What is measured did not come within " + most);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        informer.close();
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** What the API server counted: creations and reads of pods, PodGroups and services, whoever asked. */
    private long requests() {
        return COUNTED.matcher(client.raw("/metrics"))
                .results()
                .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
                .sum();
    }
}
