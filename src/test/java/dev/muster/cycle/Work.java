package dev.muster.cycle;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.CompletionRules;
import dev.muster.job.Interactive;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.Life;
import dev.muster.job.LostPods;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.SpotFirst;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job to be submitted in a test; what is not said does not matter. */
final class Work {
    static final TeamName TEAM = new TeamName("vision");
    private static final String SIMULATED = "simulation.muster.dev/";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, String> annotations = new HashMap<>();
    private Map<String, String> standsFor = Map.of();
    private QueueName queue = new QueueName("all");
    private @Nullable Duration maxRunTime;
    private @Nullable Duration queueTimeout;
    private @Nullable Instant notBefore;
    private long memory;
    private boolean oneZone;
    private NodeAffinity affinity = NodeAffinity.ANY;
    private PriorityClassName priorityClass = new PriorityClassName("routine");
    private int priority = 2;
    private Duration startDeadline = Duration.ofMinutes(10);
    private RetryRules retry = RetryRules.NONE;
    private Life life = Life.USUAL;

    private Work(String name) {
        this.name = name;
    }

    /** A gang of pods with one cpu each that runs for a minute. */
    static Work gang(String name, int pods) {
        return new Work(name).runningFor(Duration.ofMinutes(1)).role("worker", pods);
    }

    Work role(String role, int pods) {
        roles.add(new Role(new RoleName(role), pods, pods, false, pod()));
        return this;
    }

    /** Pods of a cpu each that may grow. */
    static Work elastic(String name, int least, int most) {
        Work work = new Work(name).runningFor(Duration.ofMinutes(30));
        work.roles.add(new Role(new RoleName("worker"), least, most, false, work.pod()));
        return work;
    }

    Work of(String className, int value) {
        priorityClass = new PriorityClassName(className);
        priority = value;
        return this;
    }

    Work runningFor(Duration time) {
        return annotated("run-time", time.toSeconds() + "s");
    }

    Work annotated(String key, String value) {
        annotations.put(SIMULATED + key, value);
        return this;
    }

    /** Its pods are made by its leader, as Spark's executors. */
    Work madeByItsLeader() {
        annotations.put(PodTemplate.MADE_BY, PodTemplate.LEADER);
        return this;
    }

    Work in(String queueName) {
        queue = new QueueName(queueName);
        return this;
    }

    Work notBefore(Instant at) {
        notBefore = at;
        return this;
    }

    Work onSpotFirst() {
        affinity = SpotFirst.AFFINITY;
        return this;
    }

    /** Created past Muster, as that object. */
    Work standingFor(ExternalRef object) {
        standsFor = object.annotations();
        return this;
    }

    Work inOneZone() {
        oneZone = true;
        return this;
    }

    Work atMost(Duration runTime) {
        maxRunTime = runTime;
        return this;
    }

    Work waitingAtMost(Duration time) {
        queueTimeout = time;
        return this;
    }

    Work startingWithin(Duration time) {
        startDeadline = time;
        return this;
    }

    Work retrying(RetryRules rules) {
        retry = rules;
        return this;
    }

    Work withMemory(long bytes) {
        memory = bytes;
        return this;
    }

    Work retrying(int times) {
        retry = new RetryRules(times, List.of(new RetryRules.Rule(null, null, null, true)), 5);
        return this;
    }

    /** Its lost pods are made again. */
    Work replacingLostPods() {
        retry = new RetryRules(retry.retries(), retry.rules(), retry.platformRetries(), LostPods.REPLACE);
        return this;
    }

    /** A session, which ends when nobody uses it for so long. */
    Work usedThrough(int port, Duration idleTimeout) {
        life = life.used(new Interactive(new RoleName("worker"), port, "/", false), idleTimeout);
        return this;
    }

    Job submittedAt(Instant now) {
        JobId id = new JobId("01%024d".formatted(NUMBER.incrementAndGet()));
        return Job.accepted(id, TEAM, spec(), priority, "ada", now);
    }

    private JobSpec spec() {
        List<Role> annotated = roles.stream()
                .map(role -> new Role(role.name(), role.minimum(), role.maximum(), role.leader(), pod()))
                .toList();
        Set<RoleName> names = annotated.stream().map(Role::name).collect(Collectors.toSet());
        return new JobSpec(
                name,
                queue,
                priorityClass,
                annotated,
                maxRunTime,
                queueTimeout,
                startDeadline,
                Duration.ofSeconds(30),
                notBefore,
                retry,
                new CompletionRules(names, Map.of()),
                Map.of(),
                standsFor.isEmpty() ? annotations : standsFor,
                oneZone,
                List.of(),
                null,
                life,
                null,
                null);
    }

    private PodTemplate pod() {
        return new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                memory == 0 ? Resources.of("cpu", 1000) : Resources.cpuAndMemory(1000, memory),
                affinity,
                List.of(),
                Map.of(),
                annotations);
    }
}
