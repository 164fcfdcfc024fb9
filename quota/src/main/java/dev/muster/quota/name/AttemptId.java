package dev.muster.quota.name;

/**
 * One launch of a job; {@code number} counts from 1. Its text {@code <job>-<number>} names the attempt's objects in the
 * cluster, so a launch that is repeated finds what it made.
 */
public record AttemptId(JobId job, int number) implements Comparable<AttemptId> {
    public AttemptId {
        if (number < 1) {
            throw new IllegalArgumentException("Attempt number %d of job %s: they count from 1".formatted(number, job));
        }
    }

    /** The reverse of {@link #toString()}. */
    public static AttemptId parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("Bad attempt '%s': expected <job>-<number>".formatted(text));
        }
        return new AttemptId(new JobId(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    // Said out, because a cycle asks it for each attempt: what a record makes by itself is slower.
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof AttemptId that && number == that.number && job.equals(that.job));
    }

    @Override
    public int hashCode() {
        return job.hashCode() * 31 + number;
    }

    @Override
    public int compareTo(AttemptId other) {
        int byJob = job.compareTo(other.job);
        return byJob != 0 ? byJob : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return job + "-" + number;
    }
}
