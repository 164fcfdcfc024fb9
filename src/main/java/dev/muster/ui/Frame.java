package dev.muster.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around it. {@code section} is the entry of the navigation that is marked, {@code live} the query of the
 * stream of changes (null: the page does not change), {@code viewer} who looks, null before sign-in; {@code groups} are where
 * they may go, {@code zone} is the time zone that they read times in.
 */
public record Frame(
        String title,
        String section,
        @Nullable String live,
        Instant now,
        boolean virtualClock,
        @Nullable String viewer,
        List<Place.Group> groups,
        ZoneId zone) {
    /** The same under another entry of the navigation. */
    Frame in(String other) {
        return new Frame(title, other, live, now, virtualClock, viewer, groups, zone);
    }

    /** {@code Europe/Berlin}, as browsers know it too. */
    public String zoneName() {
        return Zones.name(zone);
    }

    /** With what it is from UTC now: {@code Europe/Berlin (UTC+01:00)}. */
    public String zoneText() {
        String offset = Zones.offset(zone, now);
        return zoneName().equals(offset) ? offset : zoneName() + " (" + offset + ")";
    }

    public Moment moment() {
        return new Moment(now, now);
    }
}
