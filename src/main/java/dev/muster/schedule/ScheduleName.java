package dev.muster.schedule;

import dev.muster.quota.name.Names;

/** The name of a schedule, unique among all teams; short enough that the names of its jobs, which end in a time, fit. */
public record ScheduleName(String value) implements Comparable<ScheduleName> {
    /** Longest name, in characters: a job's name has 13 more. */
    public static final int LONGEST = 50;

    public ScheduleName {
        if (value.length() > LONGEST || !Names.isLabel(value)) {
            throw new IllegalArgumentException(
                    "Bad schedule name '%s': expected 1 to %d characters of a-z, 0-9 and '-', letter or digit first and last"
                            .formatted(value.length() > 80 ? value.substring(0, 80) + "…" : value, LONGEST));
        }
    }

    @Override
    public int compareTo(ScheduleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
