package dev.muster.simulation.process;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two threads for what must not keep callers waiting. A task that fails is logged; the others go on. */
final class Workers {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2, task -> {
        Thread thread = new Thread(task, "local-processes");
        thread.setDaemon(true);
        return thread;
    });

    void soon(Runnable task) {
        later(Duration.ZERO, task);
    }

    void later(Duration delay, Runnable task) {
        try {
            threads.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closed: local processes are left to themselves");
        }
    }

    void always(Duration every, Runnable task) {
        threads.scheduleWithFixedDelay(() -> guarded(task), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A local process could not be handled; it is looked at again", e);
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
