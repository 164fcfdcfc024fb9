package dev.muster.quota.name;

/** A job's id: 26 lower-case characters of a ULID, so ids sort by the time they were given. */
public record JobId(String value) implements Comparable<JobId> {
    public JobId {
        Names.require("job id", value);
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
