package dev.muster.timetable;

import dev.muster.cycle.Heartbeat;
import dev.muster.cycle.Wake;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.TickStore;
import dev.muster.schedule.ScheduleName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The leader looks at the schedules that want something: each second, and at the instants at which ticks are due, which it knows
 * ahead. In a thread of its own, so that nothing else that a second brings makes a tick late.
 */
@ApplicationScoped
public class Heartbeats {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    /** Schedules in one transaction: enough that a commit is cheap, so few that each hand gets some where a hundred tick at once. */
    private static final int HANDFUL = 50;

    private static final int AT_ONCE = 4;

    /** How far ahead ticks are known: beats may be late where much is to be done. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** Ticks with offsets of their own are taken together where they are nearly at once. */
    private static final Duration CLOSE = Duration.ofMillis(50);

    private final ScheduledThreadPoolExecutor eyes = new ScheduledThreadPoolExecutor(1, work -> named(work, "ticks"));
    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE, work -> named(work, "schedules"));
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private final TickStore ticks;
    private final Handfuls handfuls;
    private final TickClock clock;
    private final Wake wake;
    private @Nullable Future<?> ahead;

    Heartbeats(TickStore ticks, Handfuls handfuls, TickClock clock, Wake wake) {
        this.ticks = ticks;
        this.handfuls = handfuls;
        this.clock = clock;
        this.wake = wake;
    }

    void beat(@Observes Heartbeat beat) {
        if (!clock.stands() && isCalled.compareAndSet(false, true)) {
            eyes.execute(() -> {
                isCalled.set(false);
                round(beat.epoch());
            });
        }
    }

    /** Only ever in the one thread. */
    private void round(long epoch) {
        try {
            look(epoch, clock.now());
            lookAhead(epoch);
        } catch (Leadership.Lost e) {
            LOG.debugf("act=schedules-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // During an outage no tick is decided, and none is lost.
            if (DatabaseUnavailable.in(e).isEmpty() && !eyes.isShutdown()) {
                LOG.errorf(e, "act=schedules-failed");
            }
        }
    }

    private void lookAhead(long epoch) {
        if (ahead != null) {
            ahead.cancel(false);
        }
        Instant now = clock.now();
        long seen = System.nanoTime();
        ticks.next(now, now.plus(AHEAD)).ifPresent(next -> {
            long wait = Math.max(Duration.between(now, next).toNanos(), CLOSE.toNanos());
            ahead = eyes.schedule(() -> round(epoch), seen + wait - System.nanoTime(), TimeUnit.NANOSECONDS);
        });
    }

    /** Does all that schedules want at {@code now}, several handfuls at once. */
    public void look(long epoch, Instant now) {
        List<ScheduleName> wanting = ticks.wanting(now);
        List<Future<Boolean>> looks = new ArrayList<>();
        for (int from = 0; from < wanting.size(); from += HANDFUL) {
            List<ScheduleName> handful = wanting.subList(from, Math.min(wanting.size(), from + HANDFUL));
            looks.add(hands.submit(() -> handfuls.look(epoch, handful, now)));
        }
        boolean started = false;
        RuntimeException broken = null;
        for (Future<Boolean> look : looks) {
            // Where the database is gone, or another one leads, the others would find the same.
            if (broken != null && look.cancel(false)) {
                continue;
            }
            try {
                started |= look.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                broken = e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
        if (started) {
            // Their commits have ended; what called before may have found nothing yet.
            wake.now();
        }
        if (broken != null) {
            throw broken;
        }
    }

    private static Thread named(Runnable work, String name) {
        Thread thread = new Thread(work, "muster-" + name);
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void rest() {
        eyes.shutdownNow();
        hands.shutdownNow();
    }
}
