package dev.muster.web;

import dev.muster.api.Event;
import dev.muster.event.EventCursor;
import dev.muster.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as it goes over the wire, and its cursor. */
final class EventView {
    private static final String MARK = "e";

    private EventView() {}

    static Event of(RecordedEvent recorded) {
        dev.muster.event.Event event = recorded.event();
        return new Event(
                cursor(recorded.cursor()),
                event.at(),
                event.type().name(),
                event.actor(),
                event.team() == null ? null : event.team().value(),
                event.job() == null ? null : event.job().value(),
                event.name(),
                event.attempt(),
                event.from(),
                event.to(),
                event.why() == null ? null : JobView.reason(event.why()));
    }

    static String cursor(EventCursor cursor) {
        return MARK
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(cursor.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty where the text is no cursor of ours. */
    static Optional<EventCursor> cursor(@Nullable String text) {
        if (text == null || !text.startsWith(MARK) || text.length() > 100) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(1));
            return Optional.of(EventCursor.parse(new String(bytes, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
