package dev.muster.quota.name;

/** A job's id: 26 lower-case characters of a ULID, so ids sort by the time they were given. */
public record JobId(String value) implements Comparable<JobId> {
    public JobId {
        Names.require("job id", value);
    }

    // Said out, because a cycle asks it for each pod and job: what a record makes by itself is slower.
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof JobId that && value.equals(that.value));
    }

    /** The text's own hash tells too little: of ids given in one millisecond a fifth would share it with another. */
    @Override
    public int hashCode() {
        int hash = value.hashCode();
        for (int i = Math.max(0, value.length() - 6); i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x01000193;
        }
        return hash ^ hash >>> 15;
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
