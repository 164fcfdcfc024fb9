package dev.muster.benchmarks;

import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
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
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * From the launch of a Spark gang to its last executor running, on a real API server: a double of the driver makes executors as
 * Spark's allocator does, one after the other in batches of at most 100, a second between two batches. Nothing starts a JVM here.
 */
final class ExecutorMeasurement {
    private static final List<Integer> SIZES = List.of(20, 160, 500);
    private static final int BATCH = 100;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final String NAMESPACE = "launch";
    private static final String POOL = "launch";
    private static final int CONNECTIONS = 16;

    private ExecutorMeasurement() {}

    static List<Figure> run(Path data) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (OwnControlPlane plane = OwnControlPlane.start(Files.createDirectories(data.resolve("executors")));
                KubernetesClient adapters = plane.newClient();
                KubernetesClient drivers = plane.newClient();
                VolcanoCluster cluster = VolcanoCluster.open(
                        adapters, new Installation("benchmark"), InstantSource.system(), CONNECTIONS)) {
            LaunchedObjects.prepare(plane.client(), NAMESPACE);
            plane.client()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(TeamPlace.DRIVER)
                            .withNamespace(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
            FakeNodes.add(plane, POOL, 40, Map.of("cpu", "32", "memory", "128Gi"));
            BoundPods.await(Duration.ofMinutes(2), cluster::isReady);
            cluster.declare(new Declarations(
                    Map.of(new PoolName(POOL), Map.of()),
                    Map.of(new TeamName("team"), new TeamPlace(NAMESPACE, null))));
            one(cluster, drivers, "warm", 20);
            for (int size : SIZES) {
                figures.addAll(one(cluster, drivers, "executors", size));
            }
        }
        return figures;
    }

    private static List<Figure> one(VolcanoCluster cluster, KubernetesClient driver, String name, int size) {
        Gang gang = gang(name + size, size);
        long begin = System.nanoTime();
        cluster.launch(gang);
        BoundPods.await(Duration.ofMinutes(2), () -> running(cluster, gang) == 1);
        double driverRuns = seconds(begin);
        Pod template = template(driver, gang);
        int made = 0;
        while (made < size) {
            for (int i = 0; i < BATCH && made < size; i++) {
                made++;
                make(driver, template, gang, made);
            }
            if (made < size) {
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
        double allMade = seconds(begin);
        BoundPods.await(Duration.ofMinutes(5), () -> running(cluster, gang) == size + 1);
        double allRun = seconds(begin);
        System.err.printf(
                "%d executors: driver %.1f s, all made %.1f s, all running %.1f s%n",
                size, driverRuns, allMade, allRun);
        BoundPods.await(Duration.ofMinutes(2), () -> {
            cluster.release(gang.id());
            return cluster.status(gang.id()).isEmpty();
        });
        String prefix = "spark.executors." + size + ".";
        return List.of(
                new Figure(prefix + "driver", driverRuns, "s"),
                new Figure(prefix + "made", allMade, "s"),
                new Figure(prefix + "running", allRun, "s"),
                new Figure(prefix + "after.last", allRun - allMade, "s"));
    }

    private static long running(VolcanoCluster cluster, Gang gang) {
        return cluster.status(gang.id()).map(GangStatus::pods).orElse(List.of()).stream()
                .map(PodStatus::phase)
                .filter(phase -> phase == PodPhase.RUNNING)
                .count();
    }

    private static Pod template(KubernetesClient driver, Gang gang) {
        Pod pod = driver.pods()
                .inNamespace(NAMESPACE)
                .withName(gang.id() + "-driver-0")
                .get();
        String json = pod.getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().equals("MUSTER_EXECUTOR_TEMPLATE"))
                .findFirst()
                .orElseThrow()
                .getValue();
        return Serialization.unmarshal(json, Pod.class);
    }

    /** Out of the template, with a name, a number, an image and resources of its own. */
    private static void make(KubernetesClient driver, Pod template, Gang gang, int number) {
        Map<String, Quantity> asked = Map.of("cpu", new Quantity("1"), "memory", new Quantity("896Mi"));
        driver.resource(new PodBuilder(template)
                        .editMetadata()
                        .withName(gang.id() + "-exec-" + number)
                        .withNamespace(NAMESPACE)
                        .addToLabels("spark-role", "executor")
                        .addToLabels("spark-exec-id", Integer.toString(number))
                        .endMetadata()
                        .editSpec()
                        .withRestartPolicy("Never")
                        .editContainer(0)
                        .withImage("example.com/spark:3.5.6")
                        .withNewResources()
                        .withRequests(asked)
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Gang gang(String job, int executors) {
        return new Gang(
                new AttemptId(new JobId(job), 1),
                "spark",
                new TeamName("team"),
                new QueueName("default"),
                new PriorityClassName("routine"),
                Duration.ofSeconds(1),
                List.of(
                        member("driver", 1, Map.of()),
                        member("executor", executors, Map.of(PodTemplate.MADE_BY, PodTemplate.LEADER))));
    }

    private static Gang.Member member(String role, int pods, Map<String, String> annotations) {
        PodTemplate template = new PodTemplate(
                "example.com/spark:3.5.6",
                List.of("run"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.cpuAndMemory(1000, 896L << 20),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                annotations);
        return new Gang.Member(new RoleName(role), template, Map.of(new PoolName(POOL), pods));
    }
}
