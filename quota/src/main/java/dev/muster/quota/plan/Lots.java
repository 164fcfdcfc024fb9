package dev.muster.quota.plan;

import java.time.Instant;

/**
 * Lots that jobs draw by their ids: anew in each second, and whoever else draws. So the same snapshot has the same winners in whatever
 * order its lists are, and nobody sorts all who wait to find a few.
 */
final class Lots {
    private final long second;

    Lots(Instant now) {
        second = now.getEpochSecond();
    }

    /** What is drawn from: a number of the job's id. */
    static int of(PendingJob job) {
        return job.id().value().hashCode();
    }

    /** Less wins; of equal ones the id decides. */
    long draw(int lot) {
        // Ids that follow one another must not win one after the other: the finalizer of SplittableRandom.
        long mixed = (second << 32 ^ lot & 0xffff_ffffL) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
