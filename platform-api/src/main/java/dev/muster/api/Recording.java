package dev.muster.api;

import java.time.Instant;

/**
 * The first line of a recording of the service's own history: from when to when it goes, and the cluster, its queues and its policy as
 * they were when it was made, as a scenario. Lines of {@link RecordedSupply} and {@link RecordedJob} follow, a JSON object each.
 */
public record Recording(String kind, int version, Instant from, Instant to, String scenario) {
    public static final String KIND = "Recording";
    /** Of the format. */
    public static final int VERSION = 1;
}
