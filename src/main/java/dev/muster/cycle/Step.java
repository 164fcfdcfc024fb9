package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.quota.name.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves of one job and its attempt that are made together or not at all, each list in order. {@code intent} is a new attempt;
 * {@code seen} is what the cluster said of the attempt, null for nothing.
 */
record Step(
        JobId job,
        List<JobMove> jobMoves,
        List<AttemptMove> attemptMoves,
        @Nullable Attempt intent,
        @Nullable GangStatus seen) {
    Step {
        jobMoves = List.copyOf(jobMoves);
        attemptMoves = List.copyOf(attemptMoves);
    }

    /** The job after all moves; null where it does not move. */
    @Nullable
    Job jobAfter() {
        return jobMoves.isEmpty() ? null : jobMoves.get(jobMoves.size() - 1).after();
    }

    /** The attempt after all moves; null where there is none. */
    @Nullable
    Attempt attemptAfter() {
        return attemptMoves.isEmpty()
                ? intent
                : attemptMoves.get(attemptMoves.size() - 1).after();
    }
}
