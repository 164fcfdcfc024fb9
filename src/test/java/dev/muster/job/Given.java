package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attempt in words: roles, pods as they are seen, deadlines. Times are seconds after the launch. */
final class Given {
    static final Instant LAUNCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("job"), 1);

    private final Map<RoleName, Role> roles = new LinkedHashMap<>();
    private final Map<RoleName, Integer> tolerated = new HashMap<>();
    private final List<PodStatus> pods = new ArrayList<>();
    private Set<RoleName> succeedWith = Set.of();
    private @Nullable Duration maxRunTime;
    private String message = "";
    private LostPods lostPods = LostPods.RESTART;

    static Instant at(long second) {
        return LAUNCH.plusSeconds(second);
    }

    static Given workers(int count) {
        return new Given().role("worker", count, count);
    }

    static Given driverAndWorkers() {
        return new Given().leader("driver").role("worker", 2, 2);
    }

    static Failure failure(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        return ((Verdict.Failed) verdict).failure();
    }

    Given role(String name, int minimum, int maximum) {
        roles.put(new RoleName(name), new Role(new RoleName(name), minimum, maximum, false, template()));
        return this;
    }

    /** Pods that the leader makes, as Spark's driver makes its executors. */
    Given madeByLeader(String name, int pods) {
        return madeByLeader(name, pods, PodTemplate.LEADER);
    }

    /** {@code how}: whether it may do without them. */
    Given madeByLeader(String name, int pods, String how) {
        PodTemplate template = template().with(Map.of(PodTemplate.MADE_BY, how));
        roles.put(new RoleName(name), new Role(new RoleName(name), pods, pods, false, template));
        return tolerating(name, pods);
    }

    Given leader(String name) {
        roles.put(new RoleName(name), new Role(new RoleName(name), 1, 1, true, template()));
        succeedWith = Set.of(new RoleName(name));
        return this;
    }

    Given replacingLostPods() {
        lostPods = LostPods.REPLACE;
        return this;
    }

    Given tolerating(String role, int failures) {
        tolerated.put(new RoleName(role), failures);
        return this;
    }

    Given maxRunTime(long seconds) {
        maxRunTime = Duration.ofSeconds(seconds);
        return this;
    }

    Given schedulerSays(String text) {
        message = text;
        return this;
    }

    Given pending(String role) {
        return pod(role, PodPhase.PENDING, null, null, null, null);
    }

    Given running(String role, long startedAt) {
        return pod(role, PodPhase.RUNNING, startedAt, null, null, null);
    }

    Given succeeded(String role, long startedAt, long endedAt) {
        return pod(role, PodPhase.SUCCEEDED, startedAt, endedAt, 0, PodEnd.EXITED);
    }

    Given exited(String role, int exitCode, long startedAt, long endedAt) {
        return pod(role, PodPhase.FAILED, startedAt, endedAt, exitCode, PodEnd.EXITED);
    }

    Given failed(String role, PodEnd cause, @Nullable Long startedAt, long endedAt) {
        return pod(role, PodPhase.FAILED, startedAt, endedAt, null, cause);
    }

    Given lost(String role, long startedAt, long endedAt) {
        return pod(role, PodPhase.LOST, startedAt, endedAt, null, PodEnd.NODE_LOST);
    }

    Given pod(
            String role,
            PodPhase phase,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable Integer exitCode,
            @Nullable PodEnd cause) {
        RoleName name = new RoleName(role);
        int index = (int) pods.stream().filter(p -> p.pod().role().equals(name)).count();
        pods.add(new PodStatus(
                new PodRef(ATTEMPT, name, index),
                phase,
                new PoolName("pool"),
                new NodeName("node-7"),
                startedAt == null ? null : at(startedAt),
                endedAt == null ? null : at(endedAt),
                exitCode,
                cause,
                ""));
        return this;
    }

    /** The attempt is launching since second 0. */
    Verdict whileLaunching(long now) {
        return AttemptRules.verdict(
                spec(), AttemptState.LAUNCHING, new AttemptClock(LAUNCH, null, null), seen(), at(now));
    }

    /** The attempt runs since second 10. */
    Verdict whileRunning(long now) {
        return AttemptRules.verdict(
                spec(), AttemptState.RUNNING, new AttemptClock(LAUNCH, at(10), null), seen(), at(now));
    }

    /** The attempt runs since second 10 and is below its minimum since second 20. */
    Verdict whileRecovering(long now) {
        return AttemptRules.verdict(
                spec(), AttemptState.RECOVERING, new AttemptClock(LAUNCH, at(10), at(20)), seen(), at(now));
    }

    /** Start deadline and grace of a minute; without a leader every role decides. */
    JobSpec spec() {
        return new JobSpec(
                "train",
                new QueueName("vision"),
                new PriorityClassName("routine"),
                List.copyOf(roles.values()),
                maxRunTime,
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                null,
                new RetryRules(0, List.of(), 5, lostPods),
                new CompletionRules(succeedWith.isEmpty() ? roles.keySet() : succeedWith, tolerated),
                Map.of(),
                Map.of());
    }

    GangStatus seen() {
        return new GangStatus(ATTEMPT, pods, message);
    }

    private static PodTemplate template() {
        return new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of("cpu", 1000),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
    }
}
