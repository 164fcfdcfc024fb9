package dev.muster.ui;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around it. {@code section} is the entry of the navigation that is marked, {@code live} the query of the
 * stream of changes (null: the page does not change), {@code viewer} who looks, null before sign-in.
 */
public record Frame(
        String title,
        String section,
        @Nullable String live,
        Instant now,
        boolean virtualClock,
        @Nullable String viewer) {
    /** The same under another entry of the navigation. */
    Frame in(String other) {
        return new Frame(title, other, live, now, virtualClock, viewer);
    }

    public Moment moment() {
        return new Moment(now, now);
    }
}
