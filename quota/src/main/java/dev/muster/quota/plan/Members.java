package dev.muster.quota.plan;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The jobs of a group, once somebody asked who they are; in the order of their queue without aging where they change. */
final class Members {
    private static final PendingJob[] NOBODY = {};
    private static final Comparator<PendingJob> ORDER = JobOrder.insideAQueue(Instant.EPOCH, PlanSettings.Aging.NONE);

    private PendingJob[] jobs = NOBODY;
    private boolean ordered = true;
    private int from;
    private int to;

    /** Keeps one more, wherever. */
    void append(PendingJob job) {
        if (to == jobs.length) {
            jobs = Arrays.copyOf(jobs, Math.max(1, to * 3));
        }
        jobs[to++] = job;
        ordered = to == 1;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Not before it matters: most groups of a snapshot that is planned once never change. */
    private void order() {
        if (!ordered) {
            Arrays.sort(jobs, from, to, ORDER);
            ordered = true;
        }
    }

    /** Keeps one more, in its place. */
    void insert(PendingJob job) {
        order();
        int at = -Arrays.binarySearch(jobs, from, to, job, ORDER) - 1;
        if (to == jobs.length) {
            PendingJob[] larger = new PendingJob[Math.max(4, (to - from) * 2)];
            System.arraycopy(jobs, from, larger, 0, to - from);
            at -= from;
            to -= from;
            from = 0;
            jobs = larger;
        }
        System.arraycopy(jobs, at, jobs, at + 1, to - at);
        jobs[at] = job;
        to++;
    }

    /** The first go most often: whichever side is shorter moves. */
    void remove(PendingJob job) {
        order();
        int at = Arrays.binarySearch(jobs, from, to, job, ORDER);
        if (at - from < to - at) {
            System.arraycopy(jobs, from, jobs, from + 1, at - from);
            // The place in front is written over by nobody; it goes with the array.
            from++;
        } else {
            System.arraycopy(jobs, at + 1, jobs, at, to - at - 1);
            to--;
        }
    }

    /** The first in order of those that are wanted; null where none is. */
    @Nullable
    PendingJob first(Predicate<PendingJob> wanted) {
        order();
        for (int i = from; i < to; i++) {
            if (wanted.test(jobs[i])) {
                return jobs[i];
            }
        }
        return null;
    }

    /** Those that are kept; good until they change. */
    List<PendingJob> all() {
        return Arrays.asList(jobs).subList(from, to);
    }
}
