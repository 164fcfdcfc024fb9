package dev.muster.cycle;

import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the process began, for the metrics. Safe for any thread. */
@ApplicationScoped
public class Tallies {
    private final LongAdder cycles = new LongAdder();
    private final Spread cycleTimes = new Spread(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);
    private final Spread snapshots =
            new Spread(0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1);
    private final Spread waits = new Spread(0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400);
    private final Spread starts = new Spread(0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_800);
    private final LongAdder cycleNanos = new LongAdder();
    private final LongAdder failedCycles = new LongAdder();
    private final LongAdder plannerErrors = new LongAdder();
    private final LongAdder launches = new LongAdder();
    private final Map<JobState, LongAdder> jobMoves = new EnumMap<>(JobState.class);
    private final Map<Category, LongAdder> failures = new EnumMap<>(Category.class);

    Tallies() {
        for (JobState state : JobState.values()) {
            jobMoves.put(state, new LongAdder());
        }
        for (Category category : Category.values()) {
            failures.put(category, new LongAdder());
        }
    }

    public long cycles() {
        return cycles.sum();
    }

    /** The time that all cycles took together. */
    public Duration cycleTime() {
        return Duration.ofNanos(cycleNanos.sum());
    }

    public long failedCycles() {
        return failedCycles.sum();
    }

    /** How often something was left aside because it could not be planned or acted on. */
    public long plannerErrors() {
        return plannerErrors.sum();
    }

    public long launches() {
        return launches.sum();
    }

    /** How many moves of jobs into that state the cycle has made. */
    public long jobMoves(JobState to) {
        return jobMoves.get(to).sum();
    }

    /** How many attempts failed for that. */
    public long failures(Category category) {
        return failures.get(category).sum();
    }

    /** How long single cycles took. */
    public Spread cycleTimes() {
        return cycleTimes;
    }

    /** How long it took from the first read of what had changed to the snapshot that has it. */
    public Spread snapshots() {
        return snapshots;
    }

    /** How long jobs waited in their queue before each launch. */
    public Spread waits() {
        return waits;
    }

    /** How long gangs took from their launch until all their pods had started. */
    public Spread starts() {
        return starts;
    }

    void cycle(long nanos, int launched) {
        cycles.increment();
        cycleNanos.add(nanos);
        cycleTimes.add(Duration.ofNanos(nanos));
        launches.add(launched);
    }

    void snapshot(long nanos) {
        snapshots.add(Duration.ofNanos(nanos));
    }

    void failedCycle() {
        failedCycles.increment();
    }

    void plannerError() {
        plannerErrors.increment();
    }

    void step(Step step) {
        for (JobMove move : step.jobMoves()) {
            jobMoves.get(move.after().state()).increment();
            Instant waitedFrom = move.before().queuedAt();
            if (move.after().state() == JobState.LAUNCHING && waitedFrom != null) {
                waits.add(Duration.between(waitedFrom, move.at()));
            }
        }
        for (AttemptMove move : step.attemptMoves()) {
            Attempt after = move.after();
            Instant startedAt = after.startedAt();
            if (move.before().startedAt() == null && startedAt != null) {
                starts.add(Duration.between(after.createdAt(), startedAt));
            }
            Outcome outcome = after.outcome();
            if (after.state() == AttemptState.RELEASING && outcome != null && outcome.failure() != null) {
                failures.get(outcome.failure().category()).increment();
            }
        }
    }
}
