package dev.muster.job;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a job beyond its runs: {@code ttlAfterFinished} after its end it is deleted; null: only the service's own retention
 * counts. {@code endless}: it is a service, which is started again whatever it ended with, until somebody cancels it.
 * {@code callbacks}: who is told how it stands.
 */
public record Life(@Nullable Duration ttlAfterFinished, boolean endless, List<Callback> callbacks) {
    /** Where nothing is said. */
    public static final Life USUAL = new Life(null, false, List.of());

    public Life {
        callbacks = List.copyOf(callbacks);
    }
}
