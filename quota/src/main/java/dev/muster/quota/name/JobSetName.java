package dev.muster.quota.name;

import java.util.regex.Pattern;

/** The name of a set of jobs, unique in its team; what Kubernetes takes as the value of a label. */
public record JobSetName(String value) implements Comparable<JobSetName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    public JobSetName {
        if (!FORM.matcher(value).matches()) {
            throw Names.refused(
                    "job set", value, "1 to %d characters of A-Z, a-z, 0-9, '.', '_' and '-'".formatted(Names.LONGEST));
        }
    }

    @Override
    public int compareTo(JobSetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
