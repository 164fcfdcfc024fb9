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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gangs on a real API server with a thousand fake nodes: through Muster's adapter, and the same objects directly, with the same verbs
 * on as many connections. The two take turns on one control plane after both have warmed up, so that a neighbour of the machine, or
 * what lies in the store already, is paid by both.
 */
final class LaunchMeasurement {
    private static final int NODES = 1000;
    private static final int CONNECTIONS = 16;
    private static final String NAMESPACE = "launch";
    private static final String POOL = "launch";
    private static final int WARM_UP_PODS = 1000;
    private static final int TURNS = 10;

    private LaunchMeasurement() {}

    static List<Figure> gangs(Path data) throws Exception {
        return shape(data, "launch.gangs", 500, 20);
    }

    static List<Figure> singles(Path data) throws Exception {
        return shape(data, "launch.singles", 10_000, 1);
    }

    private static List<Figure> shape(Path data, String name, int gangs, int pods) throws Exception {
        try (OwnControlPlane plane = plane(data.resolve(name));
                BoundPods bound = new BoundPods(plane.client(), NAMESPACE)) {
            Both both = turns(plane, bound, name, gangs, pods);
            // What the adapter and its client held is the difference: nobody refers to them any more.
            double adapters = both.heap() - LiveHeap.mebibytes();
            LaunchTimes muster = both.muster();
            LaunchTimes direct = both.direct();
            return List.of(
                    new Figure(name + ".created", muster.created(), "s"),
                    new Figure(name + ".created.direct", direct.created(), "s"),
                    new Figure(name + ".created.ratio", muster.created() / direct.created(), ""),
                    new Figure(name + ".bound", muster.bound(), "s"),
                    new Figure(name + ".bound.direct", direct.bound(), "s"),
                    new Figure(name + ".bound.ratio", muster.bound() / direct.bound(), ""),
                    new Figure(name + ".requests", muster.requests() / ((double) gangs * pods), "per pod"),
                    new Figure(name + ".requests.direct", direct.requests() / ((double) gangs * pods), "per pod"),
                    new Figure(name + ".heap", adapters, "MiB"),
                    new Figure(name + ".resident", LiveHeap.mostResident(), "MiB"));
        }
    }

    /** {@code heap}: what lives at the end with Muster's adapter, in MiB. */
    private record Both(LaunchTimes muster, LaunchTimes direct, double heap) {}

    private static Both turns(OwnControlPlane plane, BoundPods bound, String name, int gangs, int pods) {
        LaunchTimes muster = LaunchTimes.NONE;
        LaunchTimes direct = LaunchTimes.NONE;
        try (KubernetesClient adapters = plane.newClient();
                KubernetesClient hands = plane.newClient();
                VolcanoCluster cluster = VolcanoCluster.open(
                        adapters, new Installation("benchmark"), InstantSource.system(), CONNECTIONS)) {
            BoundPods.await(Duration.ofMinutes(2), cluster::isReady);
            cluster.declare(new Declarations(
                    Map.of(new PoolName(POOL), Map.of()),
                    Map.of(new TeamName("team"), new TeamPlace(NAMESPACE, null))));
            List<Gang> first = gangs("warm", WARM_UP_PODS / pods, pods);
            bound.measure(WARM_UP_PODS, () -> launch(cluster, first));
            LaunchedObjects made = LaunchedObjects.read(plane.client(), NAMESPACE);
            LaunchedObjects warmUp = again(made, "hand", WARM_UP_PODS / pods);
            bound.measure(WARM_UP_PODS, () -> warmUp.create(hands, CONNECTIONS));
            int each = gangs / TURNS;
            for (int turn = 0; turn < TURNS; turn++) {
                List<Gang> mine = gangs("m" + turn, each, pods);
                LaunchedObjects theirs = again(made, "d" + turn, each);
                // First the one, then the other goes first.
                for (boolean ours : turn % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
                    if (ours) {
                        muster = muster.plus(bound.measure(each * pods, () -> launch(cluster, mine)));
                    } else {
                        direct = direct.plus(bound.measure(each * pods, () -> theirs.create(hands, CONNECTIONS)));
                    }
                }
                System.err.printf("%s, %d turns: through Muster %s; directly %s%n", name, turn + 1, muster, direct);
            }
            return new Both(muster, direct, LiveHeap.mebibytes());
        }
    }

    private static OwnControlPlane plane(Path directory) throws Exception {
        OwnControlPlane plane = OwnControlPlane.start(Files.createDirectories(directory));
        LaunchedObjects.prepare(plane.client(), NAMESPACE);
        FakeNodes.add(plane, POOL, NODES, Map.of("cpu", "32", "memory", "128Gi"));
        return plane;
    }

    private static LaunchedObjects again(LaunchedObjects made, String prefix, int count) {
        return made.again(
                name("warm", 0),
                IntStream.range(0, count)
                        .mapToObj(number -> name(prefix, number))
                        .toList());
    }

    /** As the cycle launches: as many gangs at once as the adapter takes. */
    private static void launch(VolcanoCluster cluster, List<Gang> gangs) {
        Map<Gang, RuntimeException> troubles = Telling.all(gangs, cluster.atOnce(), cluster::launch, () -> {});
        if (!troubles.isEmpty()) {
            throw new IllegalStateException("Not all were launched: " + troubles.values());
        }
    }

    private static List<Gang> gangs(String prefix, int count, int pods) {
        return IntStream.range(0, count)
                .mapToObj(number -> gang(name(prefix, number), pods))
                .toList();
    }

    /** All of one length, and no name within another. */
    private static String name(String prefix, int number) {
        return "job%s%05d".formatted(prefix, number);
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
