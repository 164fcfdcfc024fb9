package dev.muster.session;

import dev.muster.cycle.SecondPassed;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.SessionStore;
import dev.muster.quota.name.JobId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this replica sees of the use of sessions: calls that came, and those that are open. Written every few seconds, for all sessions
 * at once; what a crash costs is those seconds.
 */
@ApplicationScoped
public class Uses {
    /** A page that opens more than this has lost count. */
    public static final int MOST_AT_ONCE = 256;

    private static final Duration WRITE_EVERY = Duration.ofSeconds(5);

    private final SessionStore store;
    private final InstantSource clock;
    private final Map<JobId, Seen> seen = new ConcurrentHashMap<>();
    private long writtenAt = System.nanoTime();

    Uses(SessionStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** How many calls are open, and when the last one came or ended that is not written yet. */
    private record Seen(int open, @Nullable Instant last) {}

    /** A call begins; empty where there are too many. {@link Call#close} says that it is over. */
    public Optional<Call> begin(JobId job) {
        Instant now = clock.instant();
        boolean[] begun = {false};
        seen.compute(job, (id, before) -> {
            int open = before == null ? 0 : before.open();
            begun[0] = open < MOST_AT_ONCE;
            return new Seen(begun[0] ? open + 1 : open, now);
        });
        return begun[0] ? Optional.of(new Call(job)) : Optional.empty();
    }

    /** How many calls are open here now, of all sessions. */
    public int open() {
        return seen.values().stream().mapToInt(Seen::open).sum();
    }

    /** One that is under way; closed once, however often it is said. */
    public final class Call implements AutoCloseable {
        private final JobId job;
        private boolean closed;

        private Call(JobId job) {
            this.job = job;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                Instant now = clock.instant();
                seen.computeIfPresent(job, (id, before) -> new Seen(before.open() - 1, now));
            }
        }
    }

    void second(@Observes SecondPassed passed) {
        if (System.nanoTime() - writtenAt >= WRITE_EVERY.toNanos()) {
            writtenAt = System.nanoTime();
            write();
        }
    }

    void end(@Observes ShutdownEvent event) {
        try {
            write();
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** What is not written yet; stays so where the database is away. */
    public void write() {
        Instant now = clock.instant();
        Map<JobId, Instant> uses = new HashMap<>();
        seen.forEach((job, one) -> {
            if (one.open() > 0) {
                uses.put(job, now);
            } else if (one.last() != null) {
                uses.put(job, one.last());
            }
        });
        if (!uses.isEmpty()) {
            store.used(uses);
            uses.forEach((job, at) ->
                    seen.computeIfPresent(job, (id, one) -> one.open() > 0 ? one : at.equals(one.last()) ? null : one));
        }
    }
}
