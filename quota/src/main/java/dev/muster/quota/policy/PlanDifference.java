package dev.muster.quota.policy;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A job of which one plan makes something else than another for the same snapshot. Reasons of holds do not count: a job that
 * waits in both is no difference. The reason is null where a plan says nothing of the job.
 */
public record PlanDifference(
        JobId job,
        Act real,
        Act shadow,
        @Nullable Reason realReason,
        @Nullable Reason shadowReason) {
    /** What becomes of a job; STAY: it goes on as it is, waiting or running. */
    public enum Act {
        LAUNCH,
        GROW,
        SHRINK,
        EVICT,
        STAY
    }

    /** By job. */
    public static List<PlanDifference> between(Plan real, Plan shadow) {
        Map<JobId, Decision> one = byJob(real);
        Map<JobId, Decision> other = byJob(shadow);
        TreeSet<JobId> jobs = new TreeSet<>(one.keySet());
        jobs.addAll(other.keySet());
        List<PlanDifference> differences = new ArrayList<>();
        for (JobId job : jobs) {
            Decision here = one.get(job);
            Decision there = other.get(job);
            if (act(here) != act(there)) {
                differences.add(new PlanDifference(job, act(here), act(there), reason(here), reason(there)));
            }
        }
        return differences;
    }

    /** A plan may say two things of a running job: the one that acts on it first counts. */
    private static Map<JobId, Decision> byJob(Plan plan) {
        Map<JobId, Decision> byJob = new TreeMap<>();
        plan.decisions().forEach(decision -> byJob.putIfAbsent(decision.job(), decision));
        return byJob;
    }

    private static Act act(@Nullable Decision decision) {
        return decision == null
                ? Act.STAY
                : decision.match(
                        launch -> Act.LAUNCH,
                        grow -> Act.GROW,
                        shrink -> Act.SHRINK,
                        evict -> Act.EVICT,
                        hold -> Act.STAY);
    }

    private static @Nullable Reason reason(@Nullable Decision decision) {
        return decision == null ? null : decision.reason();
    }
}
