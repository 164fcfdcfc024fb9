package dev.muster.benchmarks;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.Telling;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.OwnControlPlane;
import dev.muster.kubernetes.Declarations;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.TeamPlace;
import dev.muster.kubernetes.VolcanoCluster;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gangs on a real API server with a thousand fake nodes: through Muster's adapter, and the same objects directly, with the same verbs
 * on as many connections. Each of the two has a control plane of its own, so the second does not pay for what the first left,
 * and each is warmed up.
 */
final class LaunchMeasurement {
    private static final int NODES = 1000;
    private static final int CONNECTIONS = 16;
    private static final String NAMESPACE = "launch";
    private static final String POOL = "launch";
    private static final String WARM_UP = "warm";
    private static final String COUNTED = "job";
    private static final int WARM_UP_PODS = 1000;

    private LaunchMeasurement() {}

    static List<Figure> gangs(Path data) throws Exception {
        return shape(data, "launch.gangs", 500, 20);
    }

    static List<Figure> singles(Path data) throws Exception {
        return shape(data, "launch.singles", 10_000, 1);
    }

    private static List<Figure> shape(Path data, String name, int gangs, int pods) throws Exception {
        LaunchedObjects objects;
        LaunchTimes muster;
        double memory;
        try (OwnControlPlane plane = plane(data.resolve(name + "-muster"))) {
            muster = throughMuster(plane, gangs, pods);
            memory = memory(plane);
            objects = LaunchedObjects.read(plane.client(), NAMESPACE);
        }
        LaunchTimes direct;
        try (OwnControlPlane plane = plane(data.resolve(name + "-direct"));
                KubernetesClient client = plane.newClient()) {
            LaunchedObjects warmUp = objects.of(WARM_UP);
            LaunchedObjects counted = objects.of(COUNTED);
            direct = LaunchTimes.measure(
                    plane.client(),
                    NAMESPACE,
                    WARM_UP_PODS,
                    () -> warmUp.create(client, CONNECTIONS),
                    gangs * pods,
                    () -> counted.create(client, CONNECTIONS));
        }
        System.err.printf("%s: through Muster %s; directly %s%n", name, muster, direct);
        return List.of(
                new Figure(name + ".created", muster.created(), "s"),
                new Figure(name + ".created.direct", direct.created(), "s"),
                new Figure(name + ".created.ratio", muster.created() / direct.created(), ""),
                new Figure(name + ".bound", muster.bound(), "s"),
                new Figure(name + ".bound.direct", direct.bound(), "s"),
                new Figure(name + ".bound.ratio", muster.bound() / direct.bound(), ""),
                new Figure(name + ".requests", muster.requests() / ((double) gangs * pods), "per pod"),
                new Figure(name + ".requests.direct", direct.requests() / ((double) gangs * pods), "per pod"),
                new Figure(name + ".memory", memory, "MiB"));
    }

    private static OwnControlPlane plane(Path directory) throws Exception {
        OwnControlPlane plane = OwnControlPlane.start(Files.createDirectories(directory));
        LaunchedObjects.prepare(plane.client(), NAMESPACE);
        FakeNodes.add(plane, POOL, NODES, Map.of("cpu", "16", "memory", "64Gi"));
        return plane;
    }

    /** As the cycle launches: as many gangs at once as the adapter takes. */
    private static LaunchTimes throughMuster(OwnControlPlane plane, int gangs, int pods) throws Exception {
        try (KubernetesClient client = plane.newClient();
                VolcanoCluster cluster = VolcanoCluster.open(
                        client, new Installation("benchmark"), InstantSource.system(), CONNECTIONS)) {
            LaunchTimes.await(Duration.ofMinutes(2), cluster::isReady);
            cluster.declare(new Declarations(
                    Map.of(new PoolName(POOL), Map.of()),
                    Map.of(new TeamName("team"), new TeamPlace(NAMESPACE, null))));
            List<Gang> warmUp = gangs(WARM_UP, WARM_UP_PODS / pods, pods);
            List<Gang> counted = gangs(COUNTED, gangs, pods);
            return LaunchTimes.measure(
                    plane.client(),
                    NAMESPACE,
                    WARM_UP_PODS,
                    () -> launch(cluster, warmUp),
                    gangs * pods,
                    () -> launch(cluster, counted));
        }
    }

    private static void launch(VolcanoCluster cluster, List<Gang> gangs) {
        Map<Gang, RuntimeException> troubles = Telling.all(gangs, cluster.atOnce(), cluster::launch, () -> {});
        if (!troubles.isEmpty()) {
            throw new IllegalStateException("Not all were launched: " + troubles.values());
        }
    }

    /** What one more adapter keeps alive that has read the whole cluster: the heap with it, less the heap without. */
    private static double memory(OwnControlPlane plane) throws Exception {
        try (KubernetesClient client = plane.newClient()) {
            long before = liveBytes();
            try (VolcanoCluster cluster =
                    VolcanoCluster.open(client, new Installation("benchmark"), InstantSource.system(), CONNECTIONS)) {
                LaunchTimes.await(Duration.ofMinutes(2), cluster::isReady);
                return (liveBytes() - before) / 1024.0 / 1024.0;
            }
        }
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<Gang> gangs(String prefix, int count, int pods) {
        return IntStream.range(0, count)
                .mapToObj(number -> gang(prefix + "%05d".formatted(number), pods))
                .toList();
    }

    private static Gang gang(String job, int pods) {
        PodTemplate template = new PodTemplate(
                "example.com/image:1",
                List.of("run"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.cpuAndMemory(1000, 1L << 30),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        return new Gang(
                new AttemptId(new JobId(job), 1),
                "job",
                new TeamName("team"),
                new QueueName("default"),
                new PriorityClassName("routine"),
                Duration.ofSeconds(30),
                List.of(new Gang.Member(new RoleName("worker"), template, Map.of(new PoolName(POOL), pods))));
    }
}
