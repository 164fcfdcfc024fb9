package dev.muster.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen. A connection that breaks is made again and goes on after the last event that was read, so none is
 * missed and none comes twice. One thread reads; any may close.
 */
public final class EventStream implements AutoCloseable {
    private static final Duration HEAD = Duration.ofSeconds(30);

    private final Exchange exchange;
    private final Retries patience;
    private final @Nullable String team;
    private final @Nullable String job;
    private final @Nullable String jobSet;
    private @Nullable String cursor;
    private volatile boolean closed;
    private volatile @Nullable InputStream connection;
    private @Nullable BufferedReader lines;
    private int failures;

    EventStream(
            Exchange exchange,
            Retries patience,
            @Nullable String team,
            @Nullable String job,
            @Nullable String jobSet,
            @Nullable String cursor) {
        this.exchange = exchange;
        this.patience = patience;
        this.team = team;
        this.job = job;
        this.jobSet = jobSet;
        this.cursor = cursor;
    }

    /**
     * Waits for the next event; empty once closed.
     *
     * @throws Unreachable where the connection could not be made again as often as {@link Retries} says
     * @throws ProblemException where the service refuses, for example a cursor that is too old
     */
    public Optional<Event> next() {
        while (!closed) {
            try {
                Optional<Event> event = read(connected());
                if (event.isPresent()) {
                    failures = 0;
                    cursor = event.get().cursor();
                    return event;
                }
                broken(new IOException("the stream ended"));
            } catch (IOException e) {
                broken(e);
            }
        }
        return Optional.empty();
    }

    /** Where to go on: the cursor of the last event that was read. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Connects now, so that nothing which happens from here on is missed. */
    public EventStream open() {
        try {
            connected();
        } catch (IOException e) {
            throw new Unreachable(exchange.server(), e);
        }
        return this;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private BufferedReader connected() throws IOException {
        BufferedReader present = lines;
        if (present != null) {
            return present;
        }
        InputStream in = exchange.call(
                        "GET",
                        Query.path("events").with("team", team).with("job", job).with("jobSet", jobSet))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", cursor)
                .open(HEAD)
                .body();
        connection = in;
        if (closed) {
            in.close();
        }
        BufferedReader made = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        lines = made;
        return made;
    }

    /** One event of the stream, empty at its end. Comments (the service's heart beat) are passed over. */
    private Optional<Event> read(BufferedReader from) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith("data:")) {
                data.append(line.substring(5).stripLeading()).append('\n');
            } else if (line.isEmpty() && data.length() > 0) {
                return Optional.of(parsed(data.toString()));
            }
        }
        return Optional.empty();
    }

    private Event parsed(String data) throws IOException {
        try {
            return Exchange.mapper().readValue(data, Event.class);
        } catch (JsonProcessingException e) {
            throw new IOException("an event that is no event: " + e.getOriginalMessage(), e);
        }
    }

    private void broken(IOException why) {
        disconnect();
        if (closed) {
            return;
        }
        failures++;
        if (failures >= patience.tries()) {
            throw new Unreachable(exchange.server(), why);
        }
        Exchange.pause(patience.after(failures));
    }

    private void disconnect() {
        lines = null;
        InputStream open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is given up anyway.
            }
        }
    }
}
