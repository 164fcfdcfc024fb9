package dev.muster.kubernetes.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A place in the output of a container that is found again by time: {@code offset} bytes come before it, {@code seen} of which are of
 * lines of the very instant {@code time}. Without a time it is the beginning.
 */
record LogMark(long offset, @Nullable String time, long seen) {
    static final LogMark START = new LogMark(0, null, 0);

    @Nullable
    Instant instant() {
        return time == null ? null : OffsetDateTime.parse(time).toInstant();
    }

    /** What asks a kubelet for what follows. The API server hands on whole seconds only, so some of what is known comes again. */
    String query() {
        Instant instant = instant();
        return instant == null ? "" : "&sinceTime=" + instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
