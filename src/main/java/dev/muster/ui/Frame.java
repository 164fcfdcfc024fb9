package dev.muster.ui;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around it. {@code section} is the entry of the navigation that is marked, {@code live} the query of the
 * stream of changes (null: the page does not change), {@code viewer} who looks, null before sign-in; {@code places} are where
 * they may go.
 */
public record Frame(
        String title,
        String section,
        @Nullable String live,
        Instant now,
        boolean virtualClock,
        @Nullable String viewer,
        List<Place> places) {
    /** The same under another entry of the navigation. */
    Frame in(String other) {
        return new Frame(title, other, live, now, virtualClock, viewer, places);
    }

    public Moment moment() {
        return new Moment(now, now);
    }
}
