package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happens after a plan if time goes on and nothing else does: who ends when, and who starts then. */
final class Story {
    private final Snapshot snapshot;
    private final Unknown unknownEnds;
    private final List<Running> running = new ArrayList<>();
    private final List<PendingJob> waiting;
    private final Map<JobId, Instant> starts = new HashMap<>();
    private Instant at;
    private final boolean launchesAreCounted;
    private final List<PastLaunch> ended;
    private final int unknown;
    private boolean over;

    /** What is assumed of those of whom nobody knows when they end. */
    enum Unknown {
        ENDS_NOW,
        NEVER_ENDS
    }

    /** {@code end} null: never. */
    private record Running(LiveAttempt attempt, @Nullable Instant end) {}

    Story(Snapshot snapshot, Plan plan, List<PendingJob> first, Unknown unknownEnds) {
        this.snapshot = snapshot;
        this.unknownEnds = unknownEnds;
        this.at = snapshot.now();
        this.waiting = new ArrayList<>();
        first.forEach(job -> waiting.add(job.withClaim(plan.claims().getOrDefault(job.id(), job.claim()))));
        this.launchesAreCounted = snapshot.queues().stream()
                .flatMap(queue -> queue.limits().stream())
                .anyMatch(limit -> limit.launchesPerMinute() != null);
        this.ended = new ArrayList<>(snapshot.launchedLately());
        List<LiveAttempt> live = launched(snapshot, plan);
        unknown = (int)
                live.stream().filter(attempt -> attempt.expectedEnd() == null).count();
        live.forEach(this::runs);
    }

    /** What lives once the plan is carried out: with what it launched, without those for whom others leave. */
    static List<LiveAttempt> launched(Snapshot snapshot, Plan plan) {
        Map<JobId, PendingJob> pending = new HashMap<>();
        snapshot.pending().forEach(job -> pending.put(job.id(), job));
        Map<JobId, Decision.Evict> evicted = new HashMap<>();
        plan.acts(Decision.Evict.class).forEach(evict -> evicted.put(evict.job(), evict));
        Map<JobId, Decision.Shrink> shrunk = new HashMap<>();
        plan.acts(Decision.Shrink.class).forEach(shrink -> shrunk.put(shrink.job(), shrink));
        List<LiveAttempt> live = new ArrayList<>();
        for (LiveAttempt attempt : snapshot.live()) {
            JobId job = attempt.id().job();
            if (evicted.containsKey(job)) {
                JobId taker = evicted.get(job).inFavourOf();
                live.add(attempt.withPods(attempt.pods().stream()
                        .map(pods -> pods.leavingFor(taker))
                        .toList()));
            } else if (shrunk.containsKey(job)) {
                live.add(attempt.withPods(without(attempt.pods(), shrunk.get(job))));
            } else {
                live.add(attempt);
            }
        }
        plan.launches().forEach(launch -> {
            PendingJob job = pending.get(launch.job());
            live.add(job.launched(snapshot.now(), launch.promise()));
        });
        return live;
    }

    private static List<LiveAttempt.Held> without(List<LiveAttempt.Held> pods, Decision.Shrink shrink) {
        List<LiveAttempt.Held> left = new ArrayList<>();
        List<LiveAttempt.Held> go = new ArrayList<>(shrink.pods());
        for (LiveAttempt.Held held : pods) {
            int stay = held.count();
            for (int i = 0; i < go.size() && stay > 0; i++) {
                LiveAttempt.Held leaves = go.get(i);
                if (leaves.count() > 0
                        && leaves.role().equals(held.role())
                        && java.util.Objects.equals(leaves.node(), held.node())) {
                    int both = Math.min(stay, leaves.count());
                    stay -= both;
                    left.add(held.withCount(both).leavingFor(shrink.inFavourOf()));
                    go.set(i, leaves.withCount(leaves.count() - both));
                }
            }
            if (stay > 0) {
                left.add(held.withCount(stay));
            }
        }
        return left;
    }

    /** Pods that leave are gone after their grace; what stays ends when it is expected to. */
    private void runs(LiveAttempt attempt) {
        List<LiveAttempt.Held> leaving =
                attempt.pods().stream().filter(LiveAttempt.Held::leaving).toList();
        List<LiveAttempt.Held> staying =
                attempt.pods().stream().filter(pods -> !pods.leaving()).toList();
        if (!leaving.isEmpty()) {
            Instant gone = at.plus(snapshot.settings().eviction().grace());
            running.add(new Running(attempt.withPods(leaving), unknownEnds == Unknown.ENDS_NOW ? at : gone));
        }
        if (!staying.isEmpty()) {
            Instant expected = attempt.expectedEnd();
            @Nullable Instant end = expected != null ? expected : unknownEnds == Unknown.ENDS_NOW ? at : null;
            running.add(new Running(attempt.withPods(staying), end == null || end.isAfter(at) ? end : at));
        }
    }

    /** Goes on for {@code steps} plans at most. */
    Story tell(int steps) {
        for (int step = 0; step < steps && !over; step++) {
            plan();
            over = waiting.isEmpty() || !goOn(steps - step);
        }
        return this;
    }

    private void plan() {
        PlanSettings settings = snapshot.settings();
        Snapshot then = new Snapshot(
                at,
                snapshot.queues(),
                snapshot.nodes(),
                waiting,
                running.stream().map(Running::attempt).toList(),
                settings.with(PlanSettings.Eviction.OFF).withElastic(false).withMaxLaunches(Integer.MAX_VALUE),
                snapshot.decayedUse(),
                0,
                List.of(),
                ended,
                Map.of());
        Map<JobId, PendingJob> jobs = new HashMap<>();
        waiting.forEach(job -> jobs.put(job.id(), job));
        for (Decision.Launch launch : new Planner().plan(then).launches()) {
            PendingJob job = jobs.get(launch.job());
            starts.put(job.id(), at);
            waiting.remove(job);
            runs(job.launched(at, launch.promise()));
        }
    }

    /** To the next time at which something happens; false where nothing does any more. */
    private boolean goOn(int stepsLeft) {
        TreeSet<Instant> times = times();
        if (times.isEmpty()) {
            return false;
        }
        // Where there are more ends than steps several are taken for one: the first of them or the last, as the story
        // is told.
        List<Instant> sorted = List.copyOf(times);
        int together = Math.max(1, sorted.size() / Math.max(1, stepsLeft));
        Instant last = sorted.get(Math.min(together, sorted.size()) - 1);
        at = unknownEnds == Unknown.ENDS_NOW ? sorted.get(0) : last;
        running.removeIf(each -> isOver(each, last));
        waiting.replaceAll(job -> job.notIn().values().stream().anyMatch(until -> !until.isAfter(last))
                ? job.withoutBackoffUntil(last)
                : job);
        return true;
    }

    /** Its launch goes on counting where a limit counts those. */
    private boolean isOver(Running each, Instant last) {
        boolean isOver = each.end != null && !each.end.isAfter(last);
        if (isOver && launchesAreCounted) {
            Traits traits = each.attempt.traits();
            ended.add(
                    new PastLaunch(each.attempt.queue(), traits.user(), traits.priorityClass(), each.attempt.since()));
        }
        return isOver;
    }

    /** When somebody ends, a back-off is over, or a launch is a minute ago. */
    private TreeSet<Instant> times() {
        TreeSet<Instant> times = new TreeSet<>();
        for (Running each : running) {
            if (each.end != null) {
                times.add(each.end);
            }
            if (launchesAreCounted) {
                times.add(each.attempt.since().plusSeconds(60));
            }
        }
        ended.forEach(launch -> times.add(launch.at().plusSeconds(60)));
        waiting.forEach(job -> times.addAll(job.notIn().values()));
        boolean somebodyEndsNow = running.stream().anyMatch(each -> at.equals(each.end));
        times.headSet(at, !somebodyEndsNow).clear();
        return times;
    }

    /** Null where it did not start as far as the story was told. */
    @Nullable
    Instant start(JobId job) {
        return starts.get(job);
    }

    /** True where nothing more would happen. */
    boolean isOver() {
        return over;
    }

    Instant until() {
        return at;
    }

    /** Of how many of those that run at first nobody knows when they end. */
    int unknown() {
        return unknown;
    }
}
