package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.QueueSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** When time alone may change a plan: who plans must plan again then, though nothing else has happened. */
public final class Horizon {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final Snapshot snapshot;
    private final Set<JobId> launched = new HashSet<>();

    private Horizon(Snapshot snapshot, Plan plan) {
        this.snapshot = snapshot;
        plan.launches().forEach(launch -> launched.add(launch.job()));
    }

    /** The first such instant after the snapshot's; empty where only events change the plan. */
    public static Optional<Instant> of(Snapshot snapshot, Plan plan) {
        Horizon horizon = new Horizon(snapshot, plan);
        return Stream.of(horizon.began(), horizon.evictions(), horizon.cuts(plan), horizon.limits(), horizon.aging())
                .flatMap(times -> times)
                .filter(time -> time.isAfter(snapshot.now()))
                .min(Comparator.naturalOrder());
    }

    /** Nobody grows or gives way in the instant in which it began. */
    private Stream<Instant> began() {
        boolean matters =
                snapshot.settings().elastic() || snapshot.settings().eviction().isOn();
        boolean justNow = matters
                && snapshot.live().stream()
                        .anyMatch(attempt ->
                                mayChange(attempt) && !attempt.since().isBefore(snapshot.now()));
        return justNow ? Stream.of(snapshot.now().plusSeconds(1)) : Stream.empty();
    }

    private boolean mayChange(LiveAttempt attempt) {
        return waiting().findAny().isPresent()
                ? !attempt.roles().isEmpty()
                : attempt.roles().stream().anyMatch(ask -> ask.maximum() > ask.minimum());
    }

    /** A taker has waited long enough, or a victim has run long enough. */
    private Stream<Instant> evictions() {
        PlanSettings.Eviction eviction = snapshot.settings().eviction();
        boolean reclaims = eviction.reclaim()
                && snapshot.queues().stream()
                        .anyMatch(queue -> !queue.deserved().names().isEmpty());
        boolean preempts = eviction.preempt()
                && snapshot.pending().stream().anyMatch(job -> job.traits().mayPreempt());
        if (!reclaims && !preempts || waiting().findAny().isEmpty()) {
            return Stream.empty();
        }
        return Stream.concat(
                first(
                        snapshot.pending(),
                        PendingJob::since,
                        eviction.after(),
                        job -> (reclaims || job.traits().mayPreempt()) && !launched.contains(job.id())),
                first(snapshot.live(), LiveAttempt::since, eviction.minRunTime(), attempt -> true));
    }

    /**
     * The first that is still to come of these instants, each put off {@code by} so long; whether it {@code counts} is asked last
     * and of few: a cycle looks at every job that waits.
     */
    private <T> Stream<Instant> first(List<T> all, Function<T, Instant> since, Duration by, Predicate<T> counts) {
        Instant past = snapshot.now().minus(by);
        Instant first = null;
        for (T each : all) {
            Instant at = since.apply(each);
            if (at.isAfter(past) && (first == null || at.isBefore(first)) && counts.test(each)) {
                first = at;
            }
        }
        return first == null ? Stream.empty() : Stream.of(first.plus(by));
    }

    /** A queue has held too much for long enough, one of its gangs has run long enough, or may be evicted by the minute's rate. */
    private Stream<Instant> cuts(Plan plan) {
        PlanSettings.Eviction eviction = snapshot.settings().eviction();
        if (!eviction.cut() || plan.above().isEmpty()) {
            return Stream.empty();
        }
        Stream<Instant> due = plan.above().stream().map(queue -> {
            Instant since = snapshot.aboveSince().get(queue);
            // Found now, it is due in a later plan at the soonest.
            return since == null
                    ? Collections.max(List.of(
                            snapshot.now().plus(eviction.cutAfter()),
                            snapshot.now().plusSeconds(1)))
                    : since.plus(eviction.cutAfter());
        });
        Stream<Instant> rate =
                snapshot.evictedLately() > 0 ? Stream.of(snapshot.now().plus(MINUTE)) : Stream.empty();
        return Stream.concat(
                Stream.concat(due, rate),
                first(snapshot.live(), LiveAttempt::since, eviction.minRunTime(), attempt -> true));
    }

    /** A launch is a minute old and does not count any more. */
    private Stream<Instant> limits() {
        boolean counts = snapshot.queues().stream()
                .map(QueueSpec::limits)
                .flatMap(limits -> limits.stream().map(Limit::launchesPerMinute))
                .anyMatch(most -> most != null);
        if (!counts || waiting().findAny().isEmpty()) {
            return Stream.empty();
        }
        Stream<Instant> before = Stream.concat(
                first(snapshot.live(), LiveAttempt::since, MINUTE, attempt -> true),
                snapshot.launchedLately().stream().map(launch -> launch.at().plus(MINUTE)));
        return launched.isEmpty()
                ? before
                : Stream.concat(before, Stream.of(snapshot.now().plus(MINUTE)));
    }

    /** A waiting job gains priority with each full hour, until it has gained the most. */
    private Stream<Instant> aging() {
        PlanSettings.Aging aging = snapshot.settings().aging();
        if (aging.perHour() == 0 || aging.most() == 0) {
            return Stream.empty();
        }
        long hours = (aging.most() + aging.perHour() - 1L) / aging.perHour();
        return waiting().flatMap(job -> {
            long waited =
                    Math.max(0, Duration.between(job.since(), snapshot.now()).toHours());
            return waited < hours ? Stream.of(job.since().plus(Duration.ofHours(waited + 1))) : Stream.empty();
        });
    }

    private Stream<PendingJob> waiting() {
        return snapshot.pending().stream().filter(job -> !launched.contains(job.id()));
    }
}
