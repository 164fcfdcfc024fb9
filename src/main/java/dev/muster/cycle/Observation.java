package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.Telling;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Step 1: looks at jobs and what the cluster says of their attempts, moves what follows from it, and lets go what is over. */
@ApplicationScoped
public class Observation {
    private final Cluster cluster;
    private final Writer writer;
    private final Resizing resizing;
    private final Replacing replacing;
    private final Moving moving;
    private final LastWords lastWords;
    private final Unasked unasked;
    private final InForce inForce;
    private final OfferingBook offerings;
    private final EndBook ends;
    private final LeftAside aside;
    private final FaultInjection faults;

    Observation(
            Cluster cluster,
            Writer writer,
            Resizing resizing,
            Replacing replacing,
            Moving moving,
            LastWords lastWords,
            Unasked unasked,
            InForce inForce,
            OfferingBook offerings,
            EndBook ends,
            LeftAside aside,
            FaultInjection faults) {
        this.unasked = unasked;
        this.ends = ends;
        this.aside = aside;
        this.offerings = offerings;
        this.resizing = resizing;
        this.replacing = replacing;
        this.moving = moving;
        this.lastWords = lastWords;
        this.inForce = inForce;
        this.cluster = cluster;
        this.writer = writer;
        this.faults = faults;
    }

    /** Looks at these jobs; those that are not in the world need no look. True where room came free. */
    boolean look(Collection<JobId> ids, World world, Instant now) {
        List<Step> steps = new ArrayList<>();
        List<JobId> releasing = new ArrayList<>();
        for (JobId id : ids) {
            Optional<Job> job = world.job(id);
            Optional<Attempt> attempt = world.attempt(id);
            if (job.isPresent() && attempt.isPresent()) {
                if (attempt.get().state() == AttemptState.RELEASING) {
                    releasing.add(id);
                } else {
                    aside.unlessItFails(
                                    new Suspect(Suspect.Kind.RUNNING, id.value()),
                                    "look at",
                                    () -> look(job.get(), attempt.get(), world, now),
                                    world,
                                    now)
                            .ifPresent(steps::add);
                }
            } else {
                job.flatMap(waiting -> expiry(waiting, now)).ifPresent(steps::add);
            }
        }
        // Before anything is released: what is kept of an attempt's end is told from these.
        ends.write();
        Map<JobId, Attempt> before = new HashMap<>();
        ids.forEach(id -> world.attempt(id).ifPresent(attempt -> before.put(id, attempt)));
        move(steps, world, now).forEach(step -> {
            Attempt after = step.attemptAfter();
            if (after != null && isReleasing(after)) {
                releasing.add(step.job());
                offerings.released(before.get(step.job()), after, world, now);
            } else if (after != null) {
                replacing.tell(after, world, now);
            }
        });
        return release(releasing, world, now);
    }

    private Optional<Step> look(Job job, Attempt attempt, World world, Instant now) {
        GangStatus seen = cluster.status(attempt.id()).orElse(null);
        if (seen != null) {
            offerings.see(job, attempt, seen, world);
            ends.see(seen);
            lastWords.hear(job, attempt, seen, now);
        }
        Optional<Step> step = job.state() == JobState.LAUNCHING || job.state() == JobState.RUNNING
                ? Steps.of(
                        AttemptRules.verdict(job.spec(), attempt.state(), Due.clock(job, attempt), seen, now),
                        job,
                        attempt,
                        seen,
                        ends.of(job, attempt, seen),
                        inForce.mostMemory(),
                        now)
                : Steps.unwanted(job, attempt, seen, now);
        if (step.isEmpty()) {
            world.put(attempt, seen, now);
            resizing.tell(attempt, world, now);
            replacing.tell(attempt, world, now);
            moving.tell(job, attempt, seen, world, now);
            Optional<Step> left = resizing.left(job, attempt, seen, now);
            return left.isPresent() || seen == null ? left : unasked.giveBack(job, attempt, seen, now);
        }
        return step;
    }

    private static Optional<Step> expiry(Job job, Instant now) {
        Instant timeout = Due.queueTimeout(job);
        boolean waits = job.state() == JobState.QUEUED || job.state() == JobState.BLOCKED;
        return waits && timeout != null && !now.isBefore(timeout)
                ? Optional.of(Steps.expired(job, now))
                : Optional.empty();
    }

    private List<Step> move(List<Step> steps, World world, Instant now) {
        boolean starts = steps.stream().anyMatch(step -> !isReleasing(step.attemptAfter()));
        boolean finishes = steps.stream().anyMatch(step -> isReleasing(step.attemptAfter()));
        passes(starts, FaultPoint.START_OBSERVED, finishes, FaultPoint.FINISH_OBSERVED);
        List<Step> made = writer.write(
                steps,
                world,
                now,
                () -> passes(starts, FaultPoint.START_UNCOMMITTED, finishes, FaultPoint.FINISH_UNCOMMITTED));
        passes(starts, FaultPoint.START_COMMITTED, finishes, FaultPoint.FINISH_COMMITTED);
        return made;
    }

    /** Who gives way has the time that the policy gives now, or its own where that is more. */
    private void release(Attempt attempt, Job job) {
        if (attempt.leavingFor() == null) {
            cluster.release(attempt.id());
        } else {
            Duration least = inForce.leastGrace();
            Duration own = job.spec().grace();
            cluster.release(attempt.id(), own.compareTo(least) < 0 ? least : own);
        }
    }

    /** Asks the cluster to take their pods away; an attempt without any has ended. Repeated until it has. */
    private boolean release(List<JobId> ids, World world, Instant now) {
        Map<JobId, RuntimeException> troubles = Telling.all(
                ids,
                cluster.atOnce(),
                id -> LeftAside.alone(() ->
                        release(world.attempt(id).orElseThrow(), world.job(id).orElseThrow())),
                () -> faults.passes(FaultPoint.FINISH_HALF_RELEASED));
        List<Step> ended = new ArrayList<>();
        for (JobId id : ids) {
            Attempt attempt = world.attempt(id).orElseThrow();
            GangStatus seen = cluster.status(attempt.id()).orElse(null);
            if (seen == null) {
                ends.forget(attempt.id());
                unasked.forget(attempt.id());
                lastWords.forget(attempt.id());
                ended.add(Steps.gone(world.job(id).orElseThrow(), attempt, now));
            } else {
                world.put(attempt, seen, now);
            }
        }
        if (!ended.isEmpty()) {
            faults.passes(FaultPoint.FINISH_RELEASED);
            // Where the job moves too, somebody may be faster; else the end can wait for the next commit.
            Map<Boolean, List<Step>> withJob = ended.stream()
                    .collect(Collectors.partitioningBy(step -> !step.jobMoves().isEmpty()));
            writer.later(withJob.get(false), world, now);
            writer.write(withJob.get(true), world, now, () -> {});
        }
        // What the cluster did not hear is told again after it; what the others have come to is written by now.
        troubles.forEach((id, trouble) -> {
            if (trouble instanceof LeftAside.Single single) {
                aside.leave(new Suspect(Suspect.Kind.RUNNING, id.value()), "let go", single.trouble(), world, now);
            }
        });
        troubles.values().stream()
                .filter(trouble -> !(trouble instanceof LeftAside.Single))
                .findFirst()
                .ifPresent(trouble -> {
                    throw trouble;
                });
        return !ended.isEmpty();
    }

    private void passes(boolean starts, FaultPoint start, boolean finishes, FaultPoint finish) {
        if (starts) {
            faults.passes(start);
        }
        if (finishes) {
            faults.passes(finish);
        }
    }

    private static boolean isReleasing(@Nullable Attempt attempt) {
        return attempt != null && attempt.state() == AttemptState.RELEASING;
    }
}
