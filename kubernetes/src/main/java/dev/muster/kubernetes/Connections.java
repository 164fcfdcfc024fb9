package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does many requests side by side, a bounded number at once. */
final class Connections implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final ExecutorService threads;

    Connections(int most) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, "muster-kubernetes-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does {@code work} for each and waits for all, also where one fails. A refusal is told before trouble that another try may
     * mend.
     */
    <T> void all(List<T> things, Consumer<T> work) {
        if (things.size() == 1) {
            work.accept(things.get(0));
            return;
        }
        List<Callable<@Nullable Void>> tasks = new ArrayList<>();
        things.forEach(thing -> tasks.add(() -> {
            work.accept(thing);
            return null;
        }));
        RuntimeException worst = null;
        try {
            for (Future<@Nullable Void> done : threads.invokeAll(tasks)) {
                RuntimeException failure = failure(done);
                if (failure != null && (worst == null || failure instanceof IllegalArgumentException)) {
                    worst = failure;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            worst = new ClusterUnavailable("Interrupted while writing to the cluster", e);
        }
        if (worst != null) {
            throw worst;
        }
    }

    /** Does it soon; where it fails, somebody else finds it to be done. */
    void later(Runnable work) {
        later(threads, work);
    }

    /** The same on threads of somebody's own. */
    static void later(Executor threads, Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "act=not-done why=\"{0}\"", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "act=not-done why=\"closed\"");
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    private static @Nullable RuntimeException failure(Future<?> done) throws InterruptedException {
        try {
            done.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
