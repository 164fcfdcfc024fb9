package dev.muster.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of a job after its end: {@code ttlAfterFinished} later it is deleted; null: only the service's own retention counts. */
public record Life(@Nullable Duration ttlAfterFinished) {
    /** Where nothing is said. */
    public static final Life USUAL = new Life(null);
}
