package dev.muster.dependency;

import dev.muster.event.Why;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.postgres.ArrayStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lets children of arrays that run few at once have their turns, and sees arrays end. In one transaction of the leader. */
@ApplicationScoped
class ArrayTurns {
    private static final int AT_ONCE = 1_000;

    private final ArrayStore arrays;
    private final JobStore jobs;
    private final Leadership leadership;
    private final InstantSource clock;

    ArrayTurns(ArrayStore arrays, JobStore jobs, Leadership leadership, InstantSource clock) {
        this.arrays = arrays;
        this.jobs = jobs;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** How many children were let go on, and arrays ended. */
    @Transactional
    int round(long epoch) {
        leadership.requireEpoch(epoch);
        Instant now = clock.instant();
        int ended = arrays.end(now);
        List<JobMove> moves = new ArrayList<>();
        for (Job job : jobs.find(arrays.ripe(AT_ONCE))) {
            if (job.state() == JobState.BLOCKED) {
                ArrayPlace place = Objects.requireNonNull(job.spec().place());
                Why why = Why.of(
                        "ARRAY_TURN",
                        "It is its turn: array %s runs at most %d at once"
                                .formatted(place.array(), place.parallelism()));
                moves.add(new JobMove(job, job.queued(now), now, Unblocking.ACTOR, why));
            }
        }
        return ended + jobs.move(moves).size();
    }
}
