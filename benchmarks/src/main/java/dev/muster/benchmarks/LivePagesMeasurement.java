package dev.muster.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Five hundred pages that are open and live: what each costs in memory, how late the last of them hears of a change, and what it
 * costs when all of them draw themselves again.
 */
final class LivePagesMeasurement {
    private static final int PAGES = 500;
    private static final int CHANGES = 10;
    private static final int AT_ONCE = 8;
    private static final double MEBIBYTE = 1 << 20;

    private LivePagesMeasurement() {}

    static List<Figure> run(Service service) throws Exception {
        List<Figure> figures = new ArrayList<>();
        HttpConnection connection = service.connect();
        World.apply(connection);
        double before = service.liveHeap() / MEBIBYTE;
        ExecutorService readers = Executors.newCachedThreadPool();
        List<LivePage> pages = new ArrayList<>();
        try {
            for (int i = 0; i < PAGES; i++) {
                LivePage page = new LivePage(service.connect());
                pages.add(page);
                readers.submit(page::read);
            }
            figures.add(new Figure("pages.memory", service.liveHeap() / MEBIBYTE - before, "MiB"));
            double idle = service.cpuSeconds() + service.cpuSecondsOfDatabase();
            TimeUnit.SECONDS.sleep(20);
            figures.add(new Figure(
                    "pages.idle.cpu",
                    100 * (service.cpuSeconds() + service.cpuSecondsOfDatabase() - idle) / 20,
                    "% of a processor"));
            figures.add(new Figure("pages.lag", lag(connection, pages), "ms"));
            figures.addAll(drawn(service));
        } finally {
            for (LivePage page : pages) {
                page.close();
            }
            readers.shutdownNow();
            connection.close();
        }
        return figures;
    }

    /** From the answer to a submit until the last page has heard of it; the worst of some. */
    private static double lag(HttpConnection connection, List<LivePage> pages) throws Exception {
        double worst = 0;
        for (int i = 0; i < CHANGES; i++) {
            CountDownLatch heard = new CountDownLatch(PAGES);
            pages.forEach(page -> page.next(heard));
            String name = "change-" + i;
            connection
                    .call("POST", World.BATCH, World.batch(1, job -> World.waitingJob(name)))
                    .expect(201);
            long begin = System.nanoTime();
            if (!heard.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("%d pages have not heard of a change".formatted(heard.getCount()));
            }
            worst = Math.max(worst, (System.nanoTime() - begin) / 1e6);
            // So that the next change is one of its own for all of them.
            TimeUnit.MILLISECONDS.sleep(1_500);
        }
        return worst;
    }

    private static List<Figure> drawn(Service service) throws Exception {
        List<HttpConnection> connections = service.connect(AT_ONCE);
        double cpu = service.cpuSeconds() + service.cpuSecondsOfDatabase();
        long begin = System.nanoTime();
        CompletableFuture<?>[] all = connections.stream()
                .map(each -> CompletableFuture.runAsync(() -> {
                    try (each) {
                        for (int i = 0; i < PAGES / AT_ONCE; i++) {
                            each.call("GET", "/ui", "").expect(200);
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double used = service.cpuSeconds() + service.cpuSecondsOfDatabase() - cpu;
        return List.of(
                new Figure("pages.drawn", PAGES / AT_ONCE * AT_ONCE / seconds, "pages/s"),
                new Figure("pages.drawn.cpu", 1e3 * used / (PAGES / AT_ONCE * AT_ONCE), "ms a page"));
    }
}
