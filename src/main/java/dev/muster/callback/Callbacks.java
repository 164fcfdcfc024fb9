package dev.muster.callback;

import dev.muster.cycle.Heartbeat;
import dev.muster.postgres.CallbackStore;
import dev.muster.postgres.DatabaseUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Each second the leader sends what is due. A message that was sent and not marked, because the service was killed between, is sent
 * again with the same number: who is told hears it once or more often, never not at all, as long as it answers within a day.
 */
@ApplicationScoped
public class Callbacks {
    /** After so many tries it is given up: about a day. */
    static final int MOST_TRIES = 30;

    private static final Logger LOG = Logger.getLogger(Callbacks.class);
    private static final int AT_ONCE = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLAIMED = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_ERROR = 300;

    private final CallbackStore store;
    private final Keys keys;
    private final Addresses addresses;
    private final InstantSource clock;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "muster-callback");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final AtomicInteger underWay = new AtomicInteger();

    Callbacks(CallbackStore store, Keys keys, Addresses addresses, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.addresses = addresses;
        this.clock = clock;
    }

    void beat(@Observes Heartbeat beat) {
        try {
            look();
        } catch (RuntimeException e) {
            // What an outage leaves is sent after it.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Sends what is due, as far as there are hands for it. */
    public void look() {
        int free = AT_ONCE - underWay.get();
        if (free <= 0) {
            return;
        }
        Instant now = clock.instant();
        for (CallbackStore.Delivery delivery : store.claim(now, now.plus(CLAIMED), free)) {
            underWay.incrementAndGet();
            workers.execute(() -> {
                try {
                    send(delivery);
                } finally {
                    underWay.decrementAndGet();
                }
            });
        }
    }

    private void send(CallbackStore.Delivery delivery) {
        try {
            int status = post(delivery);
            if (status >= 200 && status < 300) {
                store.delivered(delivery.id(), clock.instant());
            } else {
                failed(delivery, "it answered " + status);
            }
        } catch (InterruptedException e) {
            // The service stops; the next one sends it once the claim is over.
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalArgumentException e) {
            failed(delivery, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private int post(CallbackStore.Delivery delivery) throws IOException, InterruptedException {
        URI uri = URI.create(addresses.checked(delivery.url()));
        Addresses.refuseLocal(uri);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "muster")
                .header("Muster-Delivery", Long.toString(delivery.id()))
                .header(
                        "Muster-Signature",
                        keys.signature(delivery.team(), clock.instant().getEpochSecond(), delivery.body()))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void failed(CallbackStore.Delivery delivery, String why) {
        String error = why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why;
        @Nullable
        Instant next = delivery.tries() >= MOST_TRIES ? null : clock.instant().plus(pause(delivery.tries()));
        LOG.debugf("act=callback-failed delivery=%d tries=%d why=\"%s\"", delivery.id(), delivery.tries(), error);
        store.failed(delivery.id(), next, error);
    }

    /** Twice as long each time, an hour at most. */
    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @PreDestroy
    void close() {
        workers.shutdownNow();
    }
}
