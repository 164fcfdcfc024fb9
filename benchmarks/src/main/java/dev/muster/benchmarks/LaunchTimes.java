package dev.muster.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * How long it took until all pods were created and until all were bound, in seconds, and how many requests made and read them.
 */
record LaunchTimes(double created, double bound, long requests) {
    private static final Pattern COUNTED = Pattern.compile(
            "apiserver_request_total\\{[^}]*resource=\"(?:pods|podgroups|services)\"[^}]*subresource=\"\"[^}]*verb=\"(?:POST|GET|LIST|APPLY)\"[^}]*} (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** What {@code warmUp} does is not counted: programs, connections and caches are as in a service that has run for a while. */
    static LaunchTimes measure(
            KubernetesClient client, String namespace, int warmUpPods, Runnable warmUp, int pods, Runnable work) {
        Set<String> bound = ConcurrentHashMap.newKeySet();
        try (var informer = client.pods().inNamespace(namespace).inform(new ResourceEventHandler<Pod>() {
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
        })) {
            await(Duration.ofMinutes(1), informer::hasSynced);
            warmUp.run();
            await(PATIENCE, () -> bound.size() >= warmUpPods);
            long requestsBefore = requests(client);
            long begin = System.nanoTime();
            work.run();
            double created = secondsSince(begin);
            await(PATIENCE, () -> bound.size() >= warmUpPods + pods);
            return new LaunchTimes(created, secondsSince(begin), requests(client) - requestsBefore);
        }
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

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** What the API server counted: creations and reads of pods, PodGroups and services, whoever asked. */
    private static long requests(KubernetesClient client) {
        return COUNTED.matcher(client.raw("/metrics"))
                .results()
                .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
                .sum();
    }

    @Override
    public String toString() {
        return "all created after %.1f s, all bound after %.1f s, %d requests".formatted(created, bound, requests);
    }
}
