package dev.muster.benchmarks;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** One page that listens. */
final class LivePage implements AutoCloseable {
    private final HttpConnection connection;
    private final AtomicReference<CountDownLatch> waiting = new AtomicReference<>();

    LivePage(HttpConnection connection) throws IOException {
        this.connection = connection;
        connection.open("/ui/live");
    }

    /** Counts it down with the next change that is heard of. */
    void next(CountDownLatch heard) {
        waiting.set(heard);
    }

    void read() {
        try {
            while (true) {
                if (connection.line().contains("changed")) {
                    CountDownLatch heard = waiting.getAndSet(null);
                    if (heard != null) {
                        heard.countDown();
                    }
                }
            }
        } catch (IOException e) {
            // Closed: the measurement is over, or misses its answers and says so.
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
