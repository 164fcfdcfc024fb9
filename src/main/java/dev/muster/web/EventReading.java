package dev.muster.web;

import dev.muster.api.Event;
import dev.muster.api.Page;
import dev.muster.event.EventCursor;
import dev.muster.event.RecordedEvent;
import dev.muster.postgres.EventStore;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as they go over the wire, oldest first. The cursor of any event is a token for what comes after it. */
@ApplicationScoped
public class EventReading {
    private final EventStore store;

    EventReading(EventStore store) {
        this.store = store;
    }

    /** {@code pageToken} null: from the first. */
    public Page<Event> list(EventStore.Filter filter, int pageSize, @Nullable String pageToken) {
        List<RecordedEvent> events = store.since(start(pageToken), pageSize + 1, filter);
        boolean more = events.size() > pageSize;
        List<RecordedEvent> page = more ? events.subList(0, pageSize) : events;
        return new Page<>(
                page.stream().map(EventView::of).toList(),
                more ? EventView.cursor(page.get(pageSize - 1).cursor()) : null);
    }

    private static EventCursor start(@Nullable String pageToken) {
        return pageToken == null || pageToken.isEmpty()
                ? EventCursor.START
                : EventView.cursor(pageToken).orElseThrow(MusterException::invalidPageToken);
    }
}
