package dev.muster.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.controlplane.TestCluster;
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
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** A cluster with a gang whose executors its driver makes. */
final class SparkSite implements AutoCloseable {
    static final AttemptId ATTEMPT = new AttemptId(new JobId("pi"), 1);

    final ContractSite site;
    final VolcanoCluster cluster;
    private final String name;

    /** Nodes for so many executors of one cpu, and the driver. */
    SparkSite(TestCluster testCluster, int executors) {
        this.site = new ContractSite(testCluster);
        this.name = site.node(new ContractSite.NodeLike(
                "blue",
                Map.of("cpu", Integer.toString(executors + 1), "memory", "64Gi"),
                Map.of(),
                List.of(),
                executors + 10));
        site.declare(List.of("blue"));
        this.cluster = site.open(InstantSource.system());
    }

    String node() {
        return name;
    }

    static Gang gang(int executors) {
        return new Gang(
                ATTEMPT,
                "spark-pi",
                new TeamName("team"),
                new QueueName("queue"),
                new PriorityClassName("urgent"),
                Duration.ofSeconds(1),
                List.of(member("driver", 1, Map.of()), member("executor", executors, MADE_BY_DRIVER)));
    }

    static final Map<String, String> MADE_BY_DRIVER = Map.of(PodTemplate.MADE_BY, PodTemplate.LEADER);

    static PodTemplate template(Map<String, String> annotations) {
        return new PodTemplate(
                "apache/spark:3.5.6",
                List.of("true"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of(Map.of("cpu", 1000L, "memory", 896L << 20)),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                annotations);
    }

    private static Gang.Member member(String role, int pods, Map<String, String> annotations) {
        return new Gang.Member(new RoleName(role), template(annotations), Map.of(new PoolName("blue"), pods));
    }

    /** What the driver's pod was told to make its executors from. */
    String executorTemplate() {
        return driver().getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().equals("MUSTER_EXECUTOR_TEMPLATE"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    Pod driver() {
        return site.admin()
                .pods()
                .inNamespace(site.id)
                .withName("pi-1-driver-0")
                .get();
    }

    List<Pod> executors() {
        return site.admin()
                .pods()
                .inNamespace(site.id)
                .withLabel(Labels.EXECUTOR_OF, "pi-1")
                .list()
                .getItems();
    }

    long gated() {
        return executors().stream()
                .filter(pod -> !pod.getSpec().getSchedulingGates().isEmpty())
                .count();
    }

    Set<String> indexes() {
        return executors().stream()
                .map(pod -> pod.getMetadata().getLabels().getOrDefault(Labels.INDEX, "none"))
                .collect(Collectors.toSet());
    }

    PodGroup group() {
        return site.admin()
                .resources(PodGroup.class)
                .inNamespace(site.id)
                .withName("pi-1")
                .get();
    }

    long running() {
        return cluster.status(ATTEMPT).map(GangStatus::pods).orElse(List.of()).stream()
                .filter(pod -> pod.phase() == dev.muster.cluster.PodPhase.RUNNING)
                .count();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    static long millisSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }

    @Override
    public void close() {
        site.close();
    }
}
