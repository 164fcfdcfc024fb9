package dev.muster.quota.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The order of jobs inside a queue: priority with what aging added, then who waits longer, then the id. {@link #of} takes a
 * job's priority apart into its addends. Aging never gives the right to preempt.
 */
public record JobOrder(int priorityClass, int aging) {
    private static final long MOST_SECONDS = (1L << 32) - 1;
    /** In which jobs take from others, whenever it is: the class's priority, then who waits longer, then the id. */
    static final Comparator<PendingJob> OF_TAKERS = insideAQueue(Instant.EPOCH, PlanSettings.Aging.NONE);

    public static JobOrder of(PendingJob job, Instant now, PlanSettings.Aging settings) {
        long hours = Math.max(0, Duration.between(job.since(), now).toHours());
        return new JobOrder(job.priority(), (int) Math.min(settings.most(), hours * settings.perHour()));
    }

    public int priority() {
        return (int) Math.min(Integer.MAX_VALUE, (long) priorityClass + aging);
    }

    /** Whose key is less goes first inside a queue; where they are equal {@link Inside#compare} decides. */
    static long key(int priority, Instant since) {
        long seconds = Math.max(0, Math.min(MOST_SECONDS, since.getEpochSecond()));
        return (long) ~priority << 32 | seconds;
    }

    /** By the class's priority, aging not counted. */
    static long key(PendingJob job) {
        return key(job.priority(), job.since());
    }

    /** True where the key says so; where it does not, the job itself must be asked. */
    static boolean isSurelySince(long key, Instant latest) {
        return (key & MOST_SECONDS) < Math.min(MOST_SECONDS, latest.getEpochSecond());
    }

    static Inside insideAQueue(Instant now, PlanSettings.Aging settings) {
        return new Inside(now, settings);
    }

    /** The order inside a queue, which most often one number of each job decides. */
    static final class Inside implements Comparator<PendingJob> {
        private final Instant now;
        private final PlanSettings.Aging settings;
        private final boolean ages;

        private Inside(Instant now, PlanSettings.Aging settings) {
            this.now = now;
            this.settings = settings;
            this.ages = settings.most() != 0 && settings.perHour() != 0;
        }

        private int priority(PendingJob job) {
            return ages ? of(job, now, settings).priority() : job.priority();
        }

        /** Whose key is less goes first; where keys are equal, {@link #compare} decides. */
        long key(PendingJob job) {
            return JobOrder.key(priority(job), job.since());
        }

        /** True where time adds to priorities: then {@link #key} is not that of the class's priority. */
        boolean ages() {
            return ages;
        }

        boolean isBefore(Entry a, Entry b) {
            long key = a.key(this);
            long other = b.key(this);
            return key != other ? key < other : compare(a.job(), b.job()) < 0;
        }

        @Override
        public int compare(PendingJob a, PendingJob b) {
            int byPriority = Integer.compare(priority(b), priority(a));
            if (byPriority != 0) {
                return byPriority;
            }
            int bySince = a.since().compareTo(b.since());
            return bySince != 0 ? bySince : a.id().compareTo(b.id());
        }
    }
}
