package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gangs for tests, and where their team lives. */
final class Gangs {
    static final Installation INSTALLATION = new Installation("here");
    static final Declarations DECLARATIONS = new Declarations(
            Map.of(
                    new PoolName("blue"),
                    Map.of(),
                    new PoolName("spot"),
                    Map.of("node.example/kind", "spot", "topology.kubernetes.io/zone", "a")),
            Map.of(new TeamName("research"), new TeamPlace("team-research", "runner")));

    private Gangs() {}

    static Gang gang(String job, Gang.Member... members) {
        return new Gang(
                new AttemptId(new JobId(job), 1),
                "nightly",
                new TeamName("research"),
                new QueueName("vision"),
                new PriorityClassName("routine"),
                Duration.ofSeconds(30),
                List.of(members));
    }

    static Gang.Member member(String role, PodTemplate template, Map<String, Integer> pools) {
        return new Gang.Member(
                new RoleName(role),
                template,
                pools.entrySet().stream()
                        .collect(
                                java.util.stream.Collectors.toMap(e -> new PoolName(e.getKey()), Map.Entry::getValue)));
    }

    static PodTemplate plain(String image) {
        return template(image, NodeAffinity.ANY, List.of(), List.of(), List.of(), null);
    }

    static PodTemplate template(
            @Nullable String image,
            NodeAffinity affinity,
            List<Toleration> tolerations,
            List<PodTemplate.SecretEnv> secrets,
            List<PodTemplate.Volume> volumes,
            @Nullable Long sharedMemory) {
        return new PodTemplate(
                image,
                List.of("python", "train.py"),
                List.of("--epochs=3"),
                Map.of("MODE", "fast"),
                secrets,
                volumes,
                sharedMemory,
                Resources.of(Map.of("cpu", 1500L, "memory", 2L << 30, "nvidia.com/gpu", 1L)),
                affinity,
                tolerations,
                Map.of("app", "nightly"),
                Map.of("example.com/note", "kept"));
    }

    /** A gang of a {@link ContractSite}'s team: workers of one kind, in one pool. */
    static Gang workers(
            AttemptId attempt, PoolName pool, int pods, PodTemplate worker, Duration grace, boolean waitsForNodes) {
        return new Gang(
                attempt,
                "a-job",
                new TeamName("team"),
                new QueueName("queue"),
                new PriorityClassName("routine"),
                grace,
                List.of(new Gang.Member(new RoleName("worker"), worker, Map.of(pool, pods))),
                waitsForNodes);
    }

    static PodTemplate worker(Resources resources, Map<String, String> annotations) {
        return new PodTemplate(
                "registry.example/worker:1",
                List.of("work"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                resources,
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                annotations);
    }
}
