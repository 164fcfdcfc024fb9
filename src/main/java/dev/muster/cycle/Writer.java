package dev.muster.cycle;

import dev.muster.job.Attempt;
import dev.muster.job.Job;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Commits steps, lets the world follow, and says what was done: one line of the log for each act. */
@ApplicationScoped
public class Writer {
    private final Commit commit;
    private final Leader leader;
    private final ActLog log;
    private final Tallies tallies;

    Writer(Commit commit, Leader leader, ActLog log, Tallies tallies) {
        this.commit = commit;
        this.leader = leader;
        this.log = log;
        this.tallies = tallies;
    }

    /** Returns the steps that were made; a job that somebody else was faster with is read again in the next cycle. */
    List<Step> write(List<Step> steps, World world, Instant now, Runnable beforeCommit) {
        if (steps.isEmpty()) {
            return steps;
        }
        List<Step> made = commit.make(leader.epoch(), steps, beforeCommit);
        for (Step step : made) {
            follow(step, world, now);
            log.tell(step);
            tallies.step(step);
        }
        if (made.size() < steps.size()) {
            Set<Step> lost = new HashSet<>(steps);
            made.forEach(lost::remove);
            lost.forEach(step -> world.stale(step.job()));
        }
        return made;
    }

    private static void follow(Step step, World world, Instant now) {
        Job job = step.jobAfter();
        Attempt attempt = step.attemptAfter();
        if (job != null) {
            world.put(job, now);
        }
        if (attempt != null) {
            world.put(attempt, step.seen(), now);
        }
    }
}
