package dev.muster.postgres;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.CompletionRules;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobSpec;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Jobs for tests of the stores; each has an id of its own, later ones sort later. */
final class Jobs {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final String ACTOR = "ada";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Jobs() {}

    static Job job(TeamName team) {
        int number = NUMBER.incrementAndGet();
        return job(
                team,
                "job-" + number,
                number % 2 == 0 ? "routine" : "urgent",
                Map.of("parity", number % 2 == 0 ? "even" : "odd"));
    }

    static Job job(TeamName team, String name, String priorityClass, Map<String, String> labels) {
        int number = NUMBER.incrementAndGet();
        JobId id = new JobId("01%024d".formatted(number));
        return Job.accepted(
                id,
                team,
                spec(name, priorityClass, labels),
                priorityClass.equals("urgent") ? 10 : 2,
                ACTOR,
                NOW.plusMillis(number));
    }

    static List<Job> jobs(TeamName team, int count) {
        return IntStream.range(0, count).mapToObj(i -> job(team)).toList();
    }

    static JobSpec spec(String name, String priorityClass, Map<String, String> labels) {
        RoleName worker = new RoleName("worker");
        PodTemplate pod = new PodTemplate(
                "registry.example/worker:1",
                List.of("sh", "-c"),
                List.of("echo \"ä\"; exit 0"),
                Map.of("MODE", "test"),
                List.of(new PodTemplate.SecretEnv("TOKEN", "vault", "token")),
                List.of(new PodTemplate.Volume(
                        "scratch", PodTemplate.VolumeKind.EMPTY_DIR, null, "/scratch", false, 1L << 30)),
                1L << 26,
                Resources.of(Map.of("cpu", 1500L, "memory", 2L << 30, "nvidia.com/gpu", 1L)),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        return new JobSpec(
                name,
                new QueueName("default"),
                new PriorityClassName(priorityClass),
                List.of(new Role(worker, 2, 4, false, pod)),
                Duration.ofHours(1),
                null,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                null,
                RetryRules.NONE,
                new CompletionRules(Set.of(worker), Map.of(worker, 1)),
                labels,
                Map.of("simulation.muster.dev/run-time", "20s"));
    }

    static JobMove move(Job before, Job after) {
        return new JobMove(before, after, NOW, ACTOR, null);
    }
}
