package dev.muster.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a cluster of many gangs, of as many at once as it takes ({@link Cluster#atOnce}); where that is one, in their order and on
 * the caller's thread. One gang's trouble, such as a webhook of its namespace, keeps no other from being told.
 */
public final class Telling<T> {
    /** So many neighbours that the cluster does not hear of: it is not about them. */
    private static final int ALL_ARE_IN_TROUBLE = 3;

    private final List<T> things;
    private final Consumer<T> tell;
    private final Runnable halfWay;
    private final Map<Integer, RuntimeException> troubles = new TreeMap<>();
    private int next;
    private int told;
    private @Nullable RuntimeException end;

    private Telling(List<T> things, Consumer<T> tell, Runnable halfWay) {
        this.things = things;
        this.tell = tell;
        this.halfWay = halfWay;
    }

    /**
     * Tells of each and waits for all. Returns what was not heard and why, in their order: a {@link ClusterUnavailable} that may be
     * repeated, or an {@link IllegalArgumentException}. {@code halfWay} runs when half of them are done, on any thread.
     *
     * @throws ClusterUnavailable where the cluster hears of none; those under way are waited for, the others not told
     */
    public static <T> Map<T, RuntimeException> all(List<T> things, int atOnce, Consumer<T> tell, Runnable halfWay) {
        Telling<T> telling = new Telling<>(things, tell, halfWay);
        int threads = Math.min(atOnce, things.size());
        if (threads > 1) {
            telling.on(threads);
        } else {
            telling.work();
        }
        return telling.outcome();
    }

    private void on(int count) {
        ExecutorService threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "muster-telling");
            thread.setDaemon(true);
            return thread;
        });
        Callable<@Nullable Void> worker = () -> {
            work();
            return null;
        };
        try {
            for (Future<@Nullable Void> done : threads.invokeAll(Collections.nCopies(count, worker))) {
                done.get();
            }
        } catch (InterruptedException e) {
            end(new ClusterUnavailable("Interrupted while telling the cluster", e));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void work() {
        for (int number = take(); number < things.size(); number = take()) {
            try {
                tell.accept(things.get(number));
                done(number, null);
            } catch (ClusterUnavailable | IllegalArgumentException e) {
                done(number, e);
            } catch (RuntimeException e) {
                end(e);
            }
        }
    }

    private synchronized int take() {
        return end == null ? next++ : things.size();
    }

    private synchronized void done(int number, @Nullable RuntimeException trouble) {
        if (trouble != null) {
            troubles.put(number, trouble);
            if (end == null && unheardAround(number) >= ALL_ARE_IN_TROUBLE) {
                end = trouble;
                return;
            }
        }
        if (++told == (things.size() + 1) / 2) {
            halfWay.run();
        }
    }

    private synchronized void end(RuntimeException why) {
        end = why;
    }

    /** Neighbours as they were given, whatever the order in which they are done. */
    private int unheardAround(int number) {
        int first = number;
        while (isUnheard(first)) {
            first--;
        }
        int last = number;
        while (isUnheard(last)) {
            last++;
        }
        return Math.max(0, last - first - 1);
    }

    private boolean isUnheard(int number) {
        return troubles.get(number) instanceof ClusterUnavailable;
    }

    private synchronized Map<T, RuntimeException> outcome() {
        if (end != null) {
            throw end;
        }
        Map<T, RuntimeException> outcome = new LinkedHashMap<>();
        troubles.forEach((number, trouble) -> outcome.put(things.get(number), trouble));
        return outcome;
    }
}
