package dev.muster.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes the cluster when the next thing is due. One thread, which does not keep the program alive. */
final class Timer {
    private static final System.Logger LOG = System.getLogger(Timer.class.getName());
    /** The thread looks again after this time at the latest, also where the clock was put forward. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final Runnable tick;
    private final ScheduledThreadPoolExecutor executor;
    private @Nullable ScheduledFuture<?> alarm;
    private @Nullable Instant alarmAt;

    Timer(Runnable tick) {
        this.tick = tick;
        this.executor = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "simulated-cluster");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Wakes at {@code due}, or sooner where it was asked to wake sooner. */
    synchronized void wakeAt(Instant due, Instant now) {
        if (alarm != null && !alarm.isDone() && alarmAt != null && !due.isBefore(alarmAt)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        Duration sleep = Duration.between(now, due);
        if (sleep.compareTo(LONGEST_SLEEP) > 0) {
            sleep = LONGEST_SLEEP;
        }
        alarmAt = now.plus(sleep);
        try {
            alarm = executor.schedule(this::ring, Math.max(0, sleep.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            alarm = null; // closed meanwhile
        }
    }

    /** Wakes soon, but not at once: what failed is likely to fail for a while. */
    void wakeAfterFailure() {
        Instant now = Instant.now();
        wakeAt(now.plus(AFTER_A_FAILURE), now);
    }

    private void ring() {
        synchronized (this) {
            alarm = null;
            alarmAt = null;
        }
        try {
            tick.run();
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                LOG.log(System.Logger.Level.ERROR, "The simulated cluster could not go on; it tries again", e);
                wakeAfterFailure();
            }
        }
    }

    void close() {
        executor.shutdownNow();
    }
}
