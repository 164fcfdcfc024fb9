package dev.muster.job;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt becomes, from its pods and the time alone. Pods that succeeded count towards the minimum; a success that the
 * pods show wins over a deadline that passed meanwhile; what happened first counts.
 */
public final class AttemptRules {
    private AttemptRules() {}

    /** {@code seen} is null where the cluster does not know the attempt. Attempts that release or ended stay as they are. */
    public static Verdict verdict(
            JobSpec spec, AttemptState state, AttemptClock clock, @Nullable GangStatus seen, Instant now) {
        if (state == AttemptState.RELEASING || state == AttemptState.ENDED) {
            return new Verdict.Unchanged();
        }
        if (seen == null) {
            return unknownToTheCluster(spec, state, clock, now);
        }
        List<RolePods> roles = roles(spec, seen, clock.startedAt() != null);
        @Nullable Instant startedAt = clock.startedAt() != null ? clock.startedAt() : startOfTheGang(roles);
        if (startedAt == null) {
            startedAt = startOfALeaderThatIsDone(spec, roles);
        }
        @Nullable Instant succeededAt = startedAt == null ? null : success(spec, roles);
        Optional<Failed> failed = firstFailure(roles, now);
        if (succeededAt != null && (failed.isEmpty() || !failed.get().at().isBefore(succeededAt))) {
            return new Verdict.Succeeded(Objects.requireNonNull(startedAt), succeededAt);
        }
        if (failed.isPresent()) {
            return new Verdict.Failed(
                    failed.get().failure(), startedAt, failed.get().at());
        }
        if (startedAt == null) {
            if (clock.nodesBy() != null && !isPlaced(roles)) {
                // Whoever adds nodes has said that it will not: the room that is held meanwhile is of use to others.
                if (seen.refusal() != null) {
                    return new Verdict.Failed(Failures.refused(roles, seen.refusal()), null, now);
                }
                if (!now.isBefore(clock.nodesBy())) {
                    return new Verdict.Failed(Failures.noNodes(roles, seen), null, now);
                }
            }
            return isPast(clock.startsFrom(), spec.startDeadline(), now)
                    ? new Verdict.Failed(Failures.notStarted(spec, seen), null, now)
                    : new Verdict.Unchanged();
        }
        if (isPast(startedAt, spec.maxRunTime(), now)) {
            return new Verdict.Failed(Failures.ranTooLong(spec), startedAt, now);
        }
        return state == AttemptState.LAUNCHING
                ? new Verdict.Started(startedAt)
                : whetherWhole(spec, state, clock, roles, now);
    }

    /** When time alone will change the attempt, null where it never does. */
    public static @Nullable Instant deadline(JobSpec spec, AttemptState state, AttemptClock clock) {
        return switch (state) {
            case LAUNCHING -> clock.startsFrom().plus(spec.startDeadline());
            case RUNNING -> end(clock.startedAt(), spec.maxRunTime());
            case RECOVERING ->
                earlier(
                        end(clock.belowMinimumSince(), spec.startDeadline()),
                        end(clock.startedAt(), spec.maxRunTime()));
            case RELEASING, ENDED -> null;
        };
    }

    private static Verdict unknownToTheCluster(JobSpec spec, AttemptState state, AttemptClock clock, Instant now) {
        if (state != AttemptState.LAUNCHING) {
            return new Verdict.Failed(Failures.unknownToTheCluster(), clock.startedAt(), now);
        }
        return isPast(clock.startsFrom(), spec.startDeadline(), now)
                ? new Verdict.Failed(Failures.notStarted(spec, null), null, now)
                : new Verdict.Unchanged();
    }

    private static Verdict whetherWhole(
            JobSpec spec, AttemptState state, AttemptClock clock, List<RolePods> roles, Instant now) {
        Optional<RolePods> below =
                roles.stream().filter(RolePods::isBelowMinimum).findFirst();
        if (below.isEmpty()) {
            return state == AttemptState.RECOVERING ? new Verdict.Recovered() : new Verdict.Unchanged();
        }
        String message = below.get().shortage();
        if (state == AttemptState.RUNNING) {
            return new Verdict.Recovering(now, message);
        }
        return isPast(Objects.requireNonNullElse(clock.belowMinimumSince(), now), spec.startDeadline(), now)
                ? new Verdict.Failed(Failures.notRecovered(spec, message), clock.startedAt(), now)
                : new Verdict.Unchanged();
    }

    /** Pods of a gang that runs which it cannot do without, on nodes that go. */
    public static List<PodStatus> missedWithout(Set<NodeName> nodes, JobSpec spec, GangStatus seen) {
        return roles(spec, seen, true).stream()
                .flatMap(role -> role.missedWithout(nodes).stream())
                .toList();
    }

    /** Every pod of the gang has its node: those that were to come have come. */
    public static boolean isPlaced(JobSpec spec, GangStatus seen) {
        return isPlaced(roles(spec, seen, false));
    }

    /** The pods to make again of an attempt that is below its minimum; none where it starts anew. */
    public static Set<PodRef> toReplace(JobSpec spec, AttemptState state, GangStatus seen) {
        return state != AttemptState.RECOVERING
                ? Set.of()
                : roles(spec, seen, true).stream()
                        .flatMap(role -> role.toReplace().stream())
                        .collect(Collectors.toSet());
    }

    private static List<RolePods> roles(JobSpec spec, GangStatus seen, boolean runs) {
        return spec.roles().stream()
                .map(role -> RolePods.of(role, spec, seen, runs))
                .toList();
    }

    private static boolean isPlaced(List<RolePods> roles) {
        return roles.stream()
                .allMatch(role -> role.gang().size() >= role.role().minimum()
                        && role.gang().stream().allMatch(pod -> pod.node() != null));
    }

    /** When the last pod of the gang started; null while one has not. */
    private static @Nullable Instant startOfTheGang(List<RolePods> roles) {
        List<PodStatus> gang =
                roles.stream().flatMap(role -> role.gang().stream()).toList();
        int asked = roles.stream().mapToInt(role -> role.role().minimum()).sum();
        if (gang.size() < asked || gang.stream().anyMatch(pod -> pod.startedAt() == null)) {
            return null;
        }
        return gang.stream()
                .map(PodStatus::startedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** A leader that makes the other pods itself may be done before the last of them has started; null where it is not. */
    private static @Nullable Instant startOfALeaderThatIsDone(JobSpec spec, List<RolePods> roles) {
        boolean makesThem = spec.roles().stream().anyMatch(role -> role.pod().isMadeByLeader());
        if (!makesThem || success(spec, roles) == null) {
            return null;
        }
        return roles.stream()
                .filter(role -> role.role().leader())
                .flatMap(role -> role.gang().stream())
                .map(PodStatus::startedAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** When the last pod of the roles that decide succeeded; null while one has not. */
    private static @Nullable Instant success(JobSpec spec, List<RolePods> roles) {
        List<RolePods> deciding = roles.stream()
                .filter(role ->
                        spec.completion().succeedWith().contains(role.role().name()))
                .toList();
        if (!deciding.stream().allMatch(RolePods::isDone)) {
            return null;
        }
        return deciding.stream()
                .flatMap(role -> role.pods().stream())
                .filter(pod -> pod.phase() == PodPhase.SUCCEEDED)
                .map(PodStatus::endedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Optional<Failed> firstFailure(List<RolePods> roles, Instant now) {
        List<Failed> failures = new ArrayList<>();
        for (RolePods role : roles) {
            role.breaking().ifPresent(pod -> {
                Instant at = pod.endedAt() == null ? now : pod.endedAt();
                failures.add(new Failed(Failures.ofPod(pod), at));
            });
        }
        return failures.stream().min(Comparator.comparing(Failed::at));
    }

    private static boolean isPast(Instant from, @Nullable Duration limit, Instant now) {
        return limit != null && !now.isBefore(from.plus(limit));
    }

    private static @Nullable Instant end(@Nullable Instant from, @Nullable Duration limit) {
        return from == null || limit == null ? null : from.plus(limit);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private record Failed(Failure failure, Instant at) {}
}
