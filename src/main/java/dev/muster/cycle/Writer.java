package dev.muster.cycle;

import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final FaultInjection faults;
    private final List<Step> deferred = new ArrayList<>();

    Writer(Commit commit, Leader leader, ActLog log, Tallies tallies, RunTimes runTimes, FaultInjection faults) {
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
        List<Step> committed = commit.make(leader.epoch(), all, done -> {
            beforeCommit.accept(done);
            passes(FaultPoint.FINISH_ENDED_UNCOMMITTED);
        });
        passes(FaultPoint.FINISH_ENDED);
        committed.forEach(log::tell);
        committed.forEach(tallies::step);
        List<Step> made = List.copyOf(committed.subList(deferred.size(), committed.size()));
        deferred.clear();
        made.forEach(step -> follow(step, world, now));
        if (made.size() < steps.size()) {
            Set<Step> lost = new HashSet<>(steps);
            made.forEach(lost::remove);
            lost.forEach(step -> world.stale(step.job()));
        }
        return made;
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
                world.expectAnew(Template.of(job));
            }
        }
        if (attempt != null) {
            world.put(attempt, step.seen(), now);
        }
    }
}
