package dev.muster.cycle;

import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Series;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Commits steps, lets the world follow, and says what was done: one line of the log for each act. */
@ApplicationScoped
public class Writer {
    private final Commit commit;
    private final Leader leader;
    private final ActLog log;
    private final Tallies tallies;
    private final RunTimes runTimes;
    private final LeftAside aside;
    private final Followed followed;
    private final FaultInjection faults;
    private final List<Step> deferred = new ArrayList<>();

    Writer(
            Commit commit,
            Leader leader,
            ActLog log,
            Tallies tallies,
            RunTimes runTimes,
            LeftAside aside,
            Followed followed,
            FaultInjection faults) {
        this.aside = aside;
        this.followed = followed;
        this.runTimes = runTimes;
        this.commit = commit;
        this.leader = leader;
        this.log = log;
        this.tallies = tallies;
        this.faults = faults;
    }

    /**
     * Lets the world follow these steps now and commits them with the next ones, or with {@link #flush}: only for what is found
     * again where it gets lost, and what nobody else could do.
     */
    void later(List<Step> steps, World world, Instant now) {
        for (Step step : steps) {
            follow(step, world, now);
            deferred.add(step);
        }
    }

    /** Commits what waits to be. */
    void flush(World world, Instant now) {
        if (!deferred.isEmpty()) {
            commit(List.of(), world, now, made -> {});
        }
    }

    /** Forgets what waits to be committed: the world is read anew. */
    void forget() {
        deferred.clear();
    }

    /** Returns the steps that were made; a job that somebody else was faster with is read again in the next cycle. */
    List<Step> write(List<Step> steps, World world, Instant now, Runnable beforeCommit) {
        return write(steps, world, now, made -> beforeCommit.run());
    }

    /** {@code beforeCommit} is given the steps that are made, those of earlier calls of {@link #later} among them. */
    List<Step> write(List<Step> steps, World world, Instant now, Consumer<List<Step>> beforeCommit) {
        return steps.isEmpty() ? steps : commit(steps, world, now, beforeCommit);
    }

    private List<Step> commit(List<Step> steps, World world, Instant now, Consumer<List<Step>> beforeCommit) {
        List<Step> all = new ArrayList<>(deferred);
        all.addAll(steps);
        Commit.Made committed = make(all, beforeCommit, world, now);
        passes(FaultPoint.FINISH_ENDED);
        committed.steps().forEach(log::tell);
        committed.steps().forEach(tallies::step);
        Set<Step> earlier = Collections.newSetFromMap(new IdentityHashMap<>());
        earlier.addAll(deferred);
        List<Step> made = committed.steps().stream()
                .filter(step -> !earlier.contains(step))
                .toList();
        deferred.clear();
        made.forEach(step -> follow(step, world, now));
        followed.add(committed.transactions());
        if (made.size() < steps.size()) {
            Set<Step> lost = new HashSet<>(steps);
            made.forEach(lost::remove);
            lost.forEach(step -> world.stale(step.job()));
        }
        return made;
    }

    /** In one transaction; where that fails for one of them, that one alone is not made. */
    private Commit.Made make(List<Step> steps, Consumer<List<Step>> beforeCommit, World world, Instant now) {
        try {
            return commit.make(leader.epoch(), steps, done -> {
                beforeCommit.accept(done);
                passes(FaultPoint.FINISH_ENDED_UNCOMMITTED);
            });
        } catch (RuntimeException e) {
            if (LeftAside.isEverybodys(e) || e instanceof Commit.NotAlone || steps.isEmpty()) {
                throw e;
            }
            if (steps.size() == 1) {
                Step step = steps.get(0);
                Suspect.Kind kind = world.attempt(step.job()).isPresent() ? Suspect.Kind.RUNNING : Suspect.Kind.WAITING;
                aside.leave(new Suspect(kind, step.job().value()), "write down", e, world, now);
                return Commit.Made.NOTHING;
            }
            return make(steps.subList(0, steps.size() / 2), beforeCommit, world, now)
                    .and(make(steps.subList(steps.size() / 2, steps.size()), beforeCommit, world, now));
        }
    }

    private void passes(FaultPoint point) {
        if (!deferred.isEmpty()) {
            faults.passes(point);
        }
    }

    private void follow(Step step, World world, Instant now) {
        Job job = step.jobAfter();
        Attempt attempt = step.attemptAfter();
        if (job != null) {
            world.put(job, now);
            if (runTimes.learnFromEnd(job)) {
                world.expectAnew(Series.of(job));
            }
        }
        if (attempt != null) {
            world.put(attempt, step.seen(), now);
        }
    }
}
