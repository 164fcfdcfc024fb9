package dev.muster.retention;

import dev.muster.Settings;
import java.time.Duration;
import java.util.Optional;

/** How long jobs are kept after their end, and events after they happened; empty: until somebody deletes them, for ever. */
public record Kept(Optional<Duration> jobs, Optional<Duration> events) {
    /** Readers of the feed that are a little behind still find everything. */
    private static final Duration EVENTS_AT_LEAST = Duration.ofHours(1);

    public Kept {
        events = events.map(time -> time.compareTo(EVENTS_AT_LEAST) < 0 ? EVENTS_AT_LEAST : time);
    }

    static Kept by(Settings settings) {
        return new Kept(settings.history().jobs(), settings.history().events());
    }
}
