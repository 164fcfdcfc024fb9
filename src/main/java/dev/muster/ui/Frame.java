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
    /** A page that shows what is, as of {@code now}. */
    static Frame living(String title, String section, String live, Instant now, boolean virtualClock, String viewer) {
        return new Frame(title, section, live, now, virtualClock, viewer);
    }

    /** A page that never changes. */
    static Frame still(String title, Instant now) {
        return new Frame(title, "", null, now, false, null);
    }

    public Moment moment() {
        return new Moment(now, now);
    }
}
