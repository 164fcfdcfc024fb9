package dev.muster.job;

import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Permit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One launch of a job: where its pods were sent and what became of them. {@code deadline} is that of the present state (to
 * start, to end, to recover), null where there is none. {@code outcome} is known from RELEASING on, {@code pods} are the last
 * statuses seen, written when it leaves RUNNING or ends. {@code elastic} are its pods above the minimum, {@code leavingFor} is
 * the job for which it was evicted, null where it was not or nobody takes its room; {@code zone} is where all of
 * its gang goes, null for any; {@code permits} are for nodes that were not there when it was launched.
 */
public record Attempt(
        AttemptId id,
        AttemptState state,
        long version,
        Map<RoleName, Map<PoolName, Integer>> placements,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant deadline,
        @Nullable Outcome outcome,
        List<PodStatus> pods,
        ElasticPods elastic,
        @Nullable JobId leavingFor,
        @Nullable String zone,
        List<Permit> permits) {
    public Attempt {
        permits = List.copyOf(permits);
        placements = placements.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Map.copyOf(new TreeMap<>(e.getValue()))));
        pods = List.copyOf(pods);
        if ((state == AttemptState.ENDED) != (endedAt != null)) {
            throw new IllegalArgumentException("Attempt %s is %s and ended at %s".formatted(id, state, endedAt));
        }
    }

    /** One that never grew. */
    public Attempt(
            AttemptId id,
            AttemptState state,
            long version,
            Map<RoleName, Map<PoolName, Integer>> placements,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant deadline,
            @Nullable Outcome outcome,
            List<PodStatus> pods) {
        this(
                id,
                state,
                version,
                placements,
                createdAt,
                startedAt,
                endedAt,
                deadline,
                outcome,
                pods,
                ElasticPods.NONE,
                null,
                null,
                List.of());
    }

    /** The same intent, for nodes of this zone only; null for any. */
    public Attempt in(@Nullable String one) {
        return new Attempt(
                id,
                state,
                version,
                placements,
                createdAt,
                startedAt,
                endedAt,
                deadline,
                outcome,
                pods,
                elastic,
                leavingFor,
                one,
                permits);
    }

    /** The intent to launch, written before the cluster hears of it. */
    public static Attempt launching(
            AttemptId id, Map<RoleName, Map<PoolName, Integer>> placements, Instant now, Instant deadline) {
        return new Attempt(id, AttemptState.LAUNCHING, 1, placements, now, null, null, deadline, null, List.of());
    }

    /** The same with permits for nodes that are not there yet. */
    public static Attempt launching(
            AttemptId id,
            Map<RoleName, Map<PoolName, Integer>> placements,
            List<Permit> permits,
            Instant now,
            Instant deadline) {
        return new Attempt(
                id,
                AttemptState.LAUNCHING,
                1,
                placements,
                now,
                null,
                null,
                deadline,
                null,
                List.of(),
                ElasticPods.NONE,
                null,
                null,
                permits);
    }

    /** Until when the nodes must have come for which it has permits; null where it has none. */
    public @Nullable Instant nodesBy() {
        return permits.stream()
                .map(Permit::deadline)
                .max(Comparator.naturalOrder())
                .map(createdAt::plus)
                .orElse(null);
    }

    /** Every gang pod has started; for the first time or again. {@code until}: when it must have ended, null for no limit. */
    public Attempt running(Instant now, @Nullable Instant until, List<PodStatus> seen) {
        return moved(AttemptState.RUNNING, startedAt == null ? now : startedAt, null, until, outcome, seen);
    }

    /** Below its minimum, until {@code until} at most. */
    public Attempt recovering(Instant until, List<PodStatus> seen) {
        return moved(AttemptState.RECOVERING, startedAt, null, until, outcome, seen);
    }

    /** Being taken down, with the outcome that is decided. */
    public Attempt releasing(Outcome how, List<PodStatus> seen) {
        return moved(AttemptState.RELEASING, startedAt, null, null, how, seen);
    }

    /** Being taken down to make room for {@code taker}, or for nobody: its queue holds more than it may. */
    public Attempt evicted(Outcome how, List<PodStatus> seen, @Nullable JobId taker) {
        Attempt after = releasing(how, seen);
        return new Attempt(
                id,
                after.state,
                after.version,
                placements,
                createdAt,
                startedAt,
                null,
                null,
                how,
                after.pods,
                elastic,
                taker,
                zone,
                permits);
    }

    /** With other pods above its minimum. */
    public Attempt resized(ElasticPods others) {
        if (state != AttemptState.RUNNING) {
            throw new IllegalStateException(
                    "Attempt %s is %s: only a RUNNING one grows or shrinks".formatted(id, state));
        }
        return new Attempt(
                id,
                state,
                version + 1,
                placements,
                createdAt,
                startedAt,
                endedAt,
                deadline,
                outcome,
                pods,
                others,
                leavingFor,
                zone,
                permits);
    }

    /** How many pods it is to have: the gang's and those above it that stay. */
    public int size() {
        return placements.values().stream()
                        .flatMap(pools -> pools.values().stream())
                        .mapToInt(Integer::intValue)
                        .sum()
                + elastic.staying().size();
    }

    /** Its last pod is gone. */
    public Attempt ended(Instant now) {
        return moved(AttemptState.ENDED, startedAt, now, null, outcome, pods);
    }

    private Attempt moved(
            AttemptState next,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable Instant until,
            @Nullable Outcome how,
            List<PodStatus> seen) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("Attempt %s is %s and cannot become %s".formatted(id, state, next));
        }
        return new Attempt(
                id,
                next,
                version + 1,
                placements,
                createdAt,
                started,
                ended,
                until,
                how,
                seen,
                elastic,
                leavingFor,
                zone,
                permits);
    }
}
