package dev.muster.dependency;

import dev.muster.event.Why;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Category;
import dev.muster.job.Dependency;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.DependencyStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One round: in one transaction of the leader, which may be repeated. */
@ApplicationScoped
class Unblocking {
    /** Who moves them, in events: not the cycle, which has to learn of it. */
    static final String ACTOR = "dependencies";

    private static final int AT_ONCE = 1_000;

    private final DependencyStore dependencies;
    private final JobStore jobs;
    private final Leadership leadership;
    private final InstantSource clock;

    Unblocking(DependencyStore dependencies, JobStore jobs, Leadership leadership, InstantSource clock) {
        this.dependencies = dependencies;
        this.jobs = jobs;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** How many jobs there were to be looked at. */
    @Transactional
    int round(long epoch) {
        leadership.requireEpoch(epoch);
        List<JobId> ripe = dependencies.ripe(AT_ONCE);
        if (ripe.isEmpty()) {
            return 0;
        }
        List<Job> blocked = jobs.find(ripe);
        Set<JobId> needed = new HashSet<>();
        blocked.forEach(job -> job.spec().dependencies().forEach(one -> needed.add(one.job())));
        Map<JobId, JobState> states = dependencies.states(needed);
        Instant now = clock.instant();
        List<JobMove> moves = new ArrayList<>();
        for (Job job : blocked) {
            if (job.state() == JobState.BLOCKED) {
                look(job, states, now, moves);
            }
        }
        jobs.move(moves);
        return ripe.size();
    }

    private void look(Job job, Map<JobId, JobState> states, Instant now, List<JobMove> moves) {
        boolean open = false;
        for (Dependency dependency : job.spec().dependencies()) {
            JobState state = states.get(dependency.job());
            Dependency.Answer answer = state == null ? Dependency.Answer.NEVER : dependency.answer(state);
            if (answer == Dependency.Answer.NEVER) {
                moves.add(failed(job, dependency, state == null ? "is gone" : "is " + state, now));
                return;
            }
            if (answer == Dependency.Answer.MET) {
                dependencies.met(job.id(), dependency);
            } else {
                open = true;
            }
        }
        ArrayPlace place = job.spec().place();
        // Who has turns in an array waits for its own.
        if (!open && (place == null || place.parallelism() == null)) {
            Why why = Why.of("DEPENDENCIES_DONE", "All that it waited for has ended as it was to");
            moves.add(new JobMove(job, job.queued(now), now, ACTOR, why));
        }
    }

    private static JobMove failed(Job job, Dependency dependency, String state, Instant now) {
        Failure failure = new Failure(
                Category.DEPENDENCY,
                null,
                null,
                "it waited for job %s to be %s, which %s".formatted(dependency.job(), dependency.on(), state));
        Job after = job.finished(JobState.FAILED, now, Outcome.failed(failure));
        return new JobMove(job, after, now, ACTOR, failure.why());
    }
}
