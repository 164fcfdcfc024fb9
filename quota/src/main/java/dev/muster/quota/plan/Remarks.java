package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reasons of single jobs. Noting costs next to nothing: who looks for one job's reason first has them sorted by job. */
final class Remarks {
    private final List<JobId> jobs = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private @Nullable Map<JobId, Reason> byJob;

    /** Takes the place of an earlier one of the same job. */
    void add(JobId job, Reason reason) {
        jobs.add(job);
        reasons.add(reason);
        byJob = null;
    }

    void clear() {
        jobs.clear();
        reasons.clear();
        byJob = null;
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /** Safe for any thread, once nothing more is added. */
    synchronized @Nullable Reason of(JobId job) {
        if (byJob == null) {
            byJob = new HashMap<>();
            for (int i = 0; i < jobs.size(); i++) {
                byJob.put(jobs.get(i), reasons.get(i));
            }
        }
        return byJob.get(job);
    }
}
