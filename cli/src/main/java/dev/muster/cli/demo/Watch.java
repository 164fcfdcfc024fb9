package dev.muster.cli.demo;

import dev.muster.api.Event;
import dev.muster.api.client.EventStream;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import dev.muster.api.client.Unreachable;
import dev.muster.cli.Lines;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what happens as it happens, above a status line that is drawn in its place. */
final class Watch implements AutoCloseable {
    /** What happens to jobs; what happens to their attempts and to settings would only repeat it. */
    private static final Set<String> SHOWN =
            Set.of("JOB_SUBMITTED", "JOB_MOVED", "JOB_CHANGED", "REASON_CHANGED", "ATTEMPT_RESIZED", "ROOM_MADE");

    private final Screen screen;
    private final Live status;
    private final EventStream events;
    private final Thread reader;
    private volatile boolean closed;

    Watch(Screen screen, MusterClient client) {
        this.screen = screen;
        this.status = new Live(screen);
        this.events = client.follow(null, null, null).open();
        this.reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            Optional<Event> next = events.next();
            while (next.isPresent()) {
                if (SHOWN.contains(next.get().type())) {
                    write(Lines.event(next.get(), screen));
                }
                next = events.next();
            }
        } catch (ProblemException | Unreachable e) {
            if (!closed) {
                write("events: " + e.getMessage());
            }
        }
    }

    private synchronized void write(String line) {
        if (!closed) {
            status.lift();
            screen.print(Text.cut(line, screen.width()));
        }
    }

    /** Only on a terminal: elsewhere the lines of what happens are enough. */
    synchronized void status(String line) {
        if (!closed && screen.isLive()) {
            status.draw(List.of(line));
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        synchronized (this) {
            status.lift();
        }
    }
}
