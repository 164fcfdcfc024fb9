package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a recording: a job that began to wait then, or waited or ran already when the recording begins. {@code seconds} is how
 * long it ran from then on, absent where it has never started; {@code toldSeconds} its longest run time as its owner told it. {@code mayPreempt}: whether
 * others may end for it by its priority class; absent in old recordings, where nobody may.
 */
public record RecordedJob(
        String kind,
        Instant at,
        String id,
        String team,
        String queue,
        int priority,
        @Nullable Boolean mayPreempt,
        List<RecordedRole> roles,
        String state,
        @Nullable Double seconds,
        @Nullable Double toldSeconds) {
    public static final String KIND = "Job";

    /** Pods of it: requests in the smallest unit of each resource, pools where they may run. */
    public record RecordedRole(String name, int minimum, int maximum, Map<String, Long> requests, List<String> pools) {}
}
