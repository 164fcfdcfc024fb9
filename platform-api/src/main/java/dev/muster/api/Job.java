package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A job: what is asked (spec) and what became of it (status, given by the service). */
public record Job(
        @Nullable String kind,
        Metadata metadata,
        JobSpec spec,
        @Nullable JobStatus status) {
    public static final String KIND = "Job";

    /** The same with another status. */
    public Job with(JobStatus other) {
        return new Job(kind, metadata, spec, other);
    }
}
