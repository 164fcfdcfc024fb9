package dev.muster.submission;

import dev.muster.cluster.ExternalRef;
import dev.muster.cycle.Holdings;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.QueueStore;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.Transfer;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts a job that runs into another queue's account. Its pods notice nothing. One transaction alone with the tree checks what the other
 * queue holds and writes: two moves, or a move and a change of the tree, never count on the same room.
 */
@ApplicationScoped
class Transfers {
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final QueueStore tree;
    private final Known catalogue;
    private final Queues queues;
    private final Holdings holdings;
    private final InstantSource clock;

    Transfers(
            JobStore jobs,
            AttemptStore attempts,
            QueueStore tree,
            Known catalogue,
            Queues queues,
            Holdings holdings,
            InstantSource clock) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.tree = tree;
        this.catalogue = catalogue;
        this.queues = queues;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** True for a job that runs, which is moved with its pods; others are changed where they wait. */
    static boolean isFor(Job job) {
        return job.state() == JobState.RUNNING;
    }

    @Transactional
    Job move(Submission submission, JobId id, QueueName to, @Nullable Long expected) {
        tree.lock();
        Known.View known = catalogue.hold();
        Job before = jobs.find(id).orElseThrow(() -> MusterException.notFound("job", id.value()));
        if (expected != null && expected != before.version()) {
            throw MusterException.etagMismatch(
                    "job", id.value(), "\"" + expected + "\"", "\"" + before.version() + "\"");
        }
        if (!isFor(before)) {
            // It has just ended, or waits again.
            throw MusterException.conflict("job", id.value());
        }
        if (to.equals(before.spec().queue())) {
            return before;
        }
        ExternalRef.of(before.spec().annotations()).ifPresent(ref -> {
            throw MusterException.invalid(new Fault(
                    "/queue",
                    Fault.Kind.LOCKED,
                    "job '%s' is %s: it was created past Muster, and its object says its queue".formatted(id, ref),
                    "Change the object, or let the job end"));
        });
        Faults faults = new Faults();
        Place root = Place.root(faults);
        Team team = known.team(before.team())
                .orElseThrow(
                        () -> MusterException.notFound("team", before.team().value()));
        Checks checks = new Checks(queues, team, known);
        checks.queue(root.at("queue"), to);
        faults.refuseIfAny();
        Instant now = clock.instant();
        for (Reason reason : Transfer.against(holdings.at(now), id, to)) {
            root.at("queue")
                    .fault(
                            Fault.Kind.QUOTA_IMPOSSIBLE,
                            "what job '%s' holds does not fit in queue '%s' now: %s"
                                    .formatted(id, to, reason.message()),
                            "Move it when jobs there have ended, or ask for more quota");
        }
        faults.refuseIfAny();
        Job after = before.with(to, before.spec().priorityClass(), before.priority());
        if (submission.dry()) {
            return after;
        }
        Why why = Why.of(
                "MOVED",
                "%s moved it with its pods from queue %s"
                        .formatted(submission.actor(), before.spec().queue()));
        if (!jobs.move(new JobMove(before, after, now, submission.actor(), why))) {
            throw MusterException.conflict("job", id.value());
        }
        after.newestAttempt().ifPresent(attempt -> attempts.charge(attempt, to));
        return after;
    }
}
