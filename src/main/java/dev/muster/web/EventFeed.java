package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Caller;
import dev.muster.event.EventCursor;
import dev.muster.event.RecordedEvent;
import dev.muster.postgres.EventStore;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen. Each reader asks the database for what comes after its own place, and only when it has written the
 * last answer: a slow one holds nobody up, and none misses any. Where there is nothing new it looks again shortly.
 */
@ApplicationScoped
public class EventFeed {
    /** Longest silence: proxies close what says nothing, and a client learns that it is cut off. */
    static final Duration HEART_BEAT = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int BATCH = 500;
    private static final long RECONNECT_MILLIS = 1_000;

    private final EventStore store;
    private final ObjectMapper json;
    private volatile boolean stopped;

    EventFeed(EventStore store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** From after {@code cursor}, null: from now on; it ends when the reader may not listen any more. */
    public Multi<OutboundSseEvent> from(@Nullable EventCursor cursor, EventStore.Filter filter, Caller.Watch watch) {
        EventCursor start = cursor == null ? store.end() : cursor;
        Reader reader = new Reader(start, filter, watch);
        OutboundSseEvent hello = new OutboundSseEventImpl.BuilderImpl()
                .comment("events after " + EventView.cursor(start))
                .reconnectDelay(RECONNECT_MILLIS)
                .build();
        Multi<OutboundSseEvent> news = Multi.createBy()
                .repeating()
                .uni(reader::next)
                .whilst(batch -> !stopped && !reader.isOver)
                .onItem()
                .transformToMultiAndConcatenate(batch -> Multi.createFrom().iterable(batch));
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(hello), news);
    }

    /** As text: with a media type of its own the framework writes a field that no browser knows. */
    private String json(RecordedEvent event) {
        try {
            return json.writeValueAsString(EventView.of(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is always JSON", e);
        }
    }

    private final class Reader {
        private final AtomicReference<EventCursor> place;
        private final EventStore.Filter filter;
        private final Caller.Watch watch;
        private volatile boolean isOver;
        private long spokeAt = System.nanoTime();
        private boolean rests;

        private Reader(EventCursor start, EventStore.Filter filter, Caller.Watch watch) {
            this.watch = watch;
            this.place = new AtomicReference<>(start);
            this.filter = filter;
        }

        private Uni<List<OutboundSseEvent>> next() {
            Uni<List<OutboundSseEvent>> read =
                    Uni.createFrom().item(this::read).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
            return rests
                    ? Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(LOOK_AGAIN)
                            .flatMap(rested -> read)
                    : read;
        }

        private List<OutboundSseEvent> read() {
            if (watch.isOver()) {
                isOver = true;
                return List.of();
            }
            List<RecordedEvent> events = store.since(place.get(), BATCH, filter.with(watch.sight()));
            rests = events.size() < BATCH;
            List<OutboundSseEvent> batch = new ArrayList<>(events.size() + 1);
            for (RecordedEvent event : events) {
                batch.add(new OutboundSseEventImpl.BuilderImpl()
                        .id(EventView.cursor(event.cursor()))
                        .data(json(event))
                        .build());
            }
            if (!events.isEmpty()) {
                place.set(events.get(events.size() - 1).cursor());
            } else if (System.nanoTime() - spokeAt > HEART_BEAT.toNanos()) {
                batch.add(new OutboundSseEventImpl.BuilderImpl()
                        .comment("still here")
                        .build());
            }
            if (!batch.isEmpty()) {
                spokeAt = System.nanoTime();
            }
            return batch;
        }
    }
}
