package dev.muster.api.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The output of pods. */
public final class Logs {
    private static final Duration HEAD = Duration.ofSeconds(30);
    private static final int BUFFER = 16 * 1024;

    private final Exchange exchange;
    private final Retries patience;

    Logs(Exchange exchange, Retries patience) {
        this.exchange = exchange;
        this.patience = patience;
    }

    /** Copies what is there now to {@code out} and says from where a later call goes on. */
    public long copy(LogQuery query, OutputStream out) {
        Progress progress = new Progress(query.offset());
        long before;
        // The service gives a piece at a time.
        do {
            before = progress.offset;
            try {
                copyOn(open(query.from(before), false).body(), out, progress);
            } catch (Broken e) {
                throw new Unreachable(exchange.server(), e);
            }
        } while (progress.offset > before);
        return progress.offset;
    }

    /** Copies to {@code out} as it is written, until the pod has ended; goes on at the right byte after a broken connection. */
    public long follow(LogQuery query, OutputStream out) {
        Progress progress = new Progress(query.offset());
        int failures = 0;
        while (true) {
            long before = progress.offset;
            try {
                copyOn(open(query.from(before), true).body(), out, progress);
                return progress.offset;
            } catch (Broken e) {
                failures = progress.offset > before ? 1 : failures + 1;
                if (failures >= patience.tries()) {
                    throw new Unreachable(exchange.server(), e);
                }
                Exchange.pause(patience.after(failures));
            }
        }
    }

    private HttpResponse<InputStream> open(LogQuery query, boolean follow) {
        Query path = Query.path("teams", query.team(), "jobs", query.job(), "logs")
                .with("role", query.role())
                .with("index", query.index())
                .with("attempt", query.attempt())
                .with("offset", query.offset())
                .with("follow", follow ? true : null);
        return exchange.call("GET", path)
                .header("Accept", "text/plain, application/problem+json")
                .open(HEAD);
    }

    private static void copyOn(InputStream body, OutputStream out, Progress progress) throws Broken {
        byte[] buffer = new byte[BUFFER];
        try (body) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                out.write(buffer, 0, read);
                out.flush();
                progress.offset += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(InputStream body, byte[] buffer) throws Broken {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    private static final class Progress {
        private long offset;

        private Progress(long offset) {
            this.offset = offset;
        }
    }

    /** The connection broke; apart from the trouble that {@code out} may have. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private Broken(IOException cause) {
            super(cause);
        }
    }
}
