package dev.muster.quota.plan;

import java.util.Arrays;
import java.util.List;

/** The jobs of a group, once somebody asked who they are. */
final class Members {
    private static final PendingJob[] NOBODY = {};

    private PendingJob[] jobs = NOBODY;
    private int size;

    void add(PendingJob job) {
        if (size == jobs.length) {
            jobs = Arrays.copyOf(jobs, Math.max(1, size * 3));
        }
        jobs[size++] = job;
    }

    /** Good until there are more. */
    List<PendingJob> all() {
        return Arrays.asList(jobs).subList(0, size);
    }
}
