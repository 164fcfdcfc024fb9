package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When the waiting jobs of a snapshot are expected to start, from its plan: the planner itself is asked what it would do at
 * each time at which somebody is expected to end. Told twice, once with every end that nobody knows being now and once with it
 * being never; what is between is the answer. The work is bounded, and what was not looked at says so.
 */
public final class ExpectedStarts {
    private static final Set<ReasonCode> FOR_EVER = EnumSet.of(
            ReasonCode.QUEUE_UNKNOWN,
            ReasonCode.QUEUE_CLOSED,
            ReasonCode.PLACEMENT_UNSATISFIABLE,
            ReasonCode.ABOVE_CAPABILITY);

    private final Snapshot snapshot;
    private final Map<JobId, Decision.Hold> held = new HashMap<>();
    private final Map<JobId, ExpectedStart> found = new TreeMap<>();
    private final int looked;

    /**
     * {@code jobs}: so many of the first in turn are looked at. {@code steps}: at so many times each story is looked at;
     * {@code work}: at fewer where a snapshot is large, so that the steps times what is in it stay below.
     */
    public record Bounds(int jobs, int steps, long work) {
        public static final Bounds DEFAULT = new Bounds(100, 50, 2_000_000);

        public Bounds {
            if (jobs < 1 || steps < 2 || work < 1) {
                throw new IllegalArgumentException(
                        "Bad bounds jobs %d, steps %d, work %d: expected 1, 2, 1 or more".formatted(jobs, steps, work));
            }
        }

        private int stepsOf(Snapshot snapshot, int waiting) {
            long size = 1L + snapshot.nodes().size() + waiting;
            for (LiveAttempt attempt : snapshot.live()) {
                size += attempt.pods().size();
            }
            return (int) Math.max(2, Math.min(steps, work / size));
        }
    }

    private ExpectedStarts(Snapshot snapshot, Plan plan, Bounds bounds) {
        this.snapshot = snapshot;
        for (Decision decision : plan.decisions()) {
            if (decision instanceof Decision.Hold hold) {
                held.put(hold.job(), hold);
            }
        }
        List<PendingJob> first = JobPlaces.in(afterwards(plan)).first(bounds.jobs(), this::mayStart);
        looked = first.size();
        int steps = bounds.stepsOf(snapshot, looked);
        Story soon = new Story(snapshot, plan, first, Story.Unknown.ENDS_NOW).tell(steps);
        Story late = new Story(snapshot, plan, first, Story.Unknown.NEVER_ENDS).tell(steps);
        List<String> assumptions = assumptions(soon);
        for (PendingJob job : first) {
            found.put(job.id(), expected(job.id(), soon, late, assumptions));
        }
    }

    public static ExpectedStarts of(Snapshot snapshot, Plan plan, Bounds bounds) {
        return new ExpectedStarts(snapshot, plan, bounds);
    }

    /** Only what still waits, and everything that lives. */
    private Snapshot afterwards(Plan plan) {
        return snapshot.with(
                snapshot.pending().stream()
                        .filter(job -> held.containsKey(job.id()))
                        .toList(),
                Story.launched(snapshot, plan));
    }

    private boolean mayStart(PendingJob job) {
        return !FOR_EVER.contains(held.get(job.id()).reason().code());
    }

    /** The jobs that were looked at. */
    public Map<JobId, ExpectedStart> all() {
        return java.util.Collections.unmodifiableMap(found);
    }

    /** Null where the job does not wait: it is launched, or nobody knows it. */
    public @Nullable ExpectedStart of(JobId job) {
        Decision.Hold hold = held.get(job);
        if (hold == null) {
            return null;
        }
        ExpectedStart known = found.get(job);
        if (known != null) {
            return known;
        }
        return FOR_EVER.contains(hold.reason().code())
                ? new ExpectedStart.Cannot(hold.reason())
                : new ExpectedStart.NotLookedAt(looked, held.size());
    }

    private ExpectedStart expected(JobId job, Story soon, Story late, List<String> assumptions) {
        Instant one = soon.start(job);
        Instant other = late.start(job);
        if (one == null && other == null) {
            if (soon.isOver()) {
                return new ExpectedStart.Cannot(held.get(job).reason());
            }
            List<String> more = new ArrayList<>(assumptions);
            more.add("nobody looked beyond " + soon.until());
            return new ExpectedStart.Between(soon.until(), null, more);
        }
        if (one == null || other == null) {
            return new ExpectedStart.Between(one == null ? other : one, null, assumptions);
        }
        boolean inOrder = !one.isAfter(other);
        return new ExpectedStart.Between(inOrder ? one : other, inOrder ? other : one, assumptions);
    }

    private List<String> assumptions(Story story) {
        List<String> assumptions = new ArrayList<>();
        assumptions.add("what runs ends when its maxRunTime, or the history of its series, says");
        if (story.unknown() > 0) {
            assumptions.add(
                    "of %d running jobs nobody knows when they end: now for the earliest start, never for the latest"
                            .formatted(story.unknown()));
        }
        assumptions.add("no job is submitted, no node comes or goes, nobody else is evicted");
        return assumptions;
    }
}
