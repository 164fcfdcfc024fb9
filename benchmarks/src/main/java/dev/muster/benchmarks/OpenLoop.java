package dev.muster.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Sends requests at fixed times, whatever the answers do: request {@code i} is due at {@code i / perSecond}, and its latency
 * counts from then, so a service that stalls pays for everybody who would have come meanwhile.
 */
final class OpenLoop {
    /** One connection; used by one thread at a time. */
    interface Lane {
        void send(int request) throws Exception;
    }

    /** What happened: latencies from the due times, and how long all took, in seconds. */
    record Result(Latencies latencies, double seconds) {
        double perSecond() {
            return latencies.nanos().length / seconds;
        }
    }

    private OpenLoop() {}

    /** @param perSecond infinite: as fast as the lanes can, latency from the sending */
    static Result run(List<? extends Lane> lanes, int requests, double perSecond) throws Exception {
        long[] latencies = new long[requests];
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            long start = System.nanoTime();
            List<Callable<Void>> work = IntStream.range(0, lanes.size())
                    .<Callable<Void>>mapToObj(lane -> () -> {
                        for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                            long due = Double.isInfinite(perSecond)
                                    ? System.nanoTime()
                                    : start + (long) (i / perSecond * 1e9);
                            waitUntil(due);
                            lanes.get(lane).send(i);
                            latencies[i] = System.nanoTime() - due;
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            return new Result(new Latencies(latencies), (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A lane failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
