package dev.muster.cli.scenario;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PastLaunch;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A world of a scenario and the one after it: what was launched runs where the plan had it in mind, who was evicted is gone
 * and waits again, and what ends by itself has ended.
 */
record Successor(
        Snapshot snapshot,
        Map<PendingJob, Instant> later,
        Map<JobId, Duration> runs,
        Map<JobId, Integer> attempts,
        List<Instant> evictions,
        List<String> happened) {
    private static final long LATELY = 60;

    static Successor first(Scenario scenario) {
        Map<JobId, Integer> attempts = new HashMap<>();
        scenario.snapshot()
                .live()
                .forEach(each -> attempts.put(each.id().job(), each.id().number()));
        List<Instant> evictions = Collections.nCopies(
                scenario.snapshot().evictedLately(), scenario.snapshot().now());
        return new Successor(scenario.snapshot(), scenario.later(), scenario.runs(), attempts, evictions, List.of());
    }

    /** Empty where nothing more happens. */
    Optional<Successor> after(Plan plan) {
        Snapshot acted = carriedOut(plan).withAboveSince(above(plan));
        Instant next = next(plan, acted);
        if (next == null) {
            return Optional.empty();
        }
        List<Instant> evicted = new ArrayList<>(evictions);
        plan.acts(Decision.Evict.class).forEach(evict -> evicted.add(snapshot.now()));
        return Optional.of(new Successor(acted, later, runs, attempts, evicted, List.of()).at(next));
    }

    /** Since when those queues hold more than they may that do so now. */
    private Map<QueueName, Instant> above(Plan plan) {
        Map<QueueName, Instant> above = new HashMap<>();
        plan.above().forEach(queue -> above.put(queue, snapshot.aboveSince().getOrDefault(queue, snapshot.now())));
        return above;
    }

    /** When to plan again: at once where a bound held, when those who leave are gone, or when something happens by itself. */
    private @Nullable Instant next(Plan plan, Snapshot acted) {
        Instant now = snapshot.now();
        boolean bounded = !plan.launches().isEmpty()
                && plan.decisions().stream()
                        .anyMatch(decision -> decision.reason().code() == ReasonCode.CYCLE_BOUND);
        if (bounded) {
            return now;
        }
        boolean leaving = acted.live().stream()
                .anyMatch(attempt -> attempt.pods().stream().anyMatch(Held::leaving));
        return leaving ? now.plus(acted.settings().eviction().grace()) : nextEvent(acted);
    }

    private Snapshot carriedOut(Plan plan) {
        Map<JobId, Decision> acts = new HashMap<>();
        plan.decisions().stream()
                .filter(decision -> !(decision instanceof Decision.Hold))
                .forEach(decision -> acts.merge(decision.job(), decision, (one, other) -> one));
        List<LiveAttempt> live = new ArrayList<>();
        for (LiveAttempt attempt : snapshot.live()) {
            Decision act = acts.get(attempt.id().job());
            live.add(act == null ? attempt : attempt.withPods(pods(attempt, act)));
        }
        List<PendingJob> pending = new ArrayList<>();
        for (PendingJob job : snapshot.pending()) {
            if (acts.get(job.id()) instanceof Decision.Launch launch) {
                int number = attempts.merge(job.id(), 1, Integer::sum);
                live.add(new LiveAttempt(
                        new AttemptId(job.id(), number),
                        job.queue(),
                        job.priority(),
                        snapshot.now(),
                        launch.promise(),
                        job.roles(),
                        job.traits(),
                        null));
            } else {
                int passed = job.traits().passed() + (plan.passed().contains(job.id()) ? 1 : 0);
                pending.add(job.with(job.traits().withPassed(passed))
                        .withClaim(plan.claims().getOrDefault(job.id(), List.of())));
            }
        }
        List<Expansion> expansions = new ArrayList<>(snapshot.expansions());
        plan.launches().stream()
                .flatMap(launch -> launch.permits().stream())
                .forEach(permit -> expansions.replaceAll(
                        each -> each.spec().offering().equals(permit.offering()) ? each.after(permit) : each));
        return with(snapshot.now(), pending, live).withExpansions(expansions);
    }

    private static List<Held> pods(LiveAttempt attempt, Decision act) {
        return act.match(
                launch -> attempt.pods(),
                grow -> Stream.concat(attempt.pods().stream(), grow.promise().stream())
                        .toList(),
                shrink -> Shrunk.pods(attempt.pods(), shrink),
                evict -> attempt.pods().stream()
                        .map(held -> held.leavingFor(evict.inFavourOf()))
                        .toList(),
                hold -> attempt.pods());
    }

    /** When something happens next by itself; null where nothing does. */
    private @Nullable Instant nextEvent(Snapshot acted) {
        Instant now = acted.now();
        TreeSet<Instant> events = new TreeSet<>(later.values());
        PlanSettings.Eviction eviction = acted.settings().eviction();
        for (LiveAttempt attempt : acted.live()) {
            Instant end = end(attempt);
            if (end != null) {
                events.add(end.isBefore(now) ? now.plusSeconds(1) : end);
            }
            if (eviction.isOn() || eviction.cut()) {
                events.add(attempt.since().plus(eviction.minRunTime()));
            }
        }
        if (eviction.cut()) {
            acted.aboveSince().values().forEach(since -> events.add(since.plus(eviction.cutAfter())));
        }
        acted.launchedLately().forEach(launch -> events.add(launch.at().plusSeconds(LATELY)));
        if (!evictions.isEmpty()) {
            events.add(evictions.get(0).plusSeconds(LATELY));
        }
        for (PendingJob job : acted.pending()) {
            events.addAll(job.notIn().values());
            if (eviction.isOn()) {
                events.add(job.since().plus(eviction.after()));
            }
        }
        return events.higher(now);
    }

    private @Nullable Instant end(LiveAttempt attempt) {
        Duration length = runs.getOrDefault(attempt.id().job(), attempt.traits().runTime());
        return length == null ? null : attempt.since().plus(length);
    }

    private Successor at(Instant now) {
        List<String> told = new ArrayList<>();
        List<LiveAttempt> live = new ArrayList<>();
        List<PendingJob> pending = new ArrayList<>(snapshot.pending());
        List<PastLaunch> launched = new ArrayList<>(snapshot.launchedLately());
        for (LiveAttempt attempt : snapshot.live()) {
            List<Held> stay =
                    attempt.pods().stream().filter(held -> !held.leaving()).toList();
            Instant end = end(attempt);
            if (end != null && !end.isAfter(now)) {
                told.add(attempt.id().job() + " ends");
                launched.add(launchOf(attempt));
            } else if (stay.isEmpty() && !attempt.pods().isEmpty()) {
                told.add(attempt.id().job() + " is gone and waits again");
                pending.add(again(attempt, now));
                launched.add(launchOf(attempt));
            } else {
                live.add(stay.size() == attempt.pods().size() ? attempt : attempt.withPods(stay));
            }
        }
        Map<PendingJob, Instant> still = new LinkedHashMap<>();
        later.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().id()))
                .forEach(each -> {
                    if (each.getValue().isAfter(now)) {
                        still.put(each.getKey(), each.getValue());
                    } else {
                        told.add(each.getKey().id() + " begins to wait");
                        pending.add(since(each.getKey(), each.getValue()));
                    }
                });
        launched.removeIf(launch -> !launch.at().plusSeconds(LATELY).isAfter(now));
        return new Successor(
                with(now, pending, live).withLaunchedLately(launched), still, runs, attempts, evictions, told);
    }

    private static PastLaunch launchOf(LiveAttempt attempt) {
        return new PastLaunch(
                attempt.queue(), attempt.traits().user(), attempt.traits().priorityClass(), attempt.since());
    }

    private static PendingJob again(LiveAttempt attempt, Instant now) {
        return new PendingJob(
                attempt.id().job(),
                attempt.queue(),
                attempt.priority(),
                now,
                attempt.roles(),
                Map.of(),
                attempt.traits().withEvictions(attempt.traits().evictions() + 1));
    }

    private static PendingJob since(PendingJob job, Instant since) {
        return new PendingJob(
                job.id(), job.queue(), job.priority(), since, job.roles(), job.notIn(), job.traits(), job.claim());
    }

    private Snapshot with(Instant now, List<PendingJob> pending, List<LiveAttempt> live) {
        return new Snapshot(
                now,
                snapshot.queues(),
                snapshot.nodes(),
                pending,
                live,
                snapshot.settings(),
                snapshot.decayedUse(),
                (int) evictions.stream()
                        .filter(at -> at.plusSeconds(LATELY).isAfter(now))
                        .count(),
                snapshot.expansions(),
                snapshot.launchedLately(),
                snapshot.aboveSince());
    }
}
