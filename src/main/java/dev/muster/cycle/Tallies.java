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
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the process began, for the metrics. Safe for any thread. */
@ApplicationScoped
public class Tallies {
    private final LongAdder cycles = new LongAdder();
    private final LongAdder cycleNanos = new LongAdder();
    private final LongAdder failedCycles = new LongAdder();
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

    void cycle(long nanos, int launched) {
        cycles.increment();
        cycleNanos.add(nanos);
        launches.add(launched);
    }

    void failedCycle() {
        failedCycles.increment();
    }

    void step(Step step) {
        for (JobMove move : step.jobMoves()) {
            jobMoves.get(move.after().state()).increment();
        }
        for (AttemptMove move : step.attemptMoves()) {
            Attempt after = move.after();
            Outcome outcome = after.outcome();
            if (after.state() == AttemptState.RELEASING && outcome != null && outcome.failure() != null) {
                failures.get(outcome.failure().category()).increment();
            }
        }
    }
}
