package dev.muster.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** Time that stands still until somebody moves it on; it never goes backwards. Safe for any number of threads. */
public final class VirtualClock implements InstantSource {
    private volatile Instant now;

    public VirtualClock(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * Moves the time on to {@code instant}; the present instant is allowed and changes nothing.
     *
     * @throws IllegalArgumentException where {@code instant} lies in the past
     */
    public synchronized void advanceTo(Instant instant) {
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException(
                    "Virtual time stands at %s and never goes back: cannot advance to %s".formatted(now, instant));
        }
        now = instant;
    }
}
