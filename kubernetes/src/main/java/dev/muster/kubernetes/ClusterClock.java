package dev.muster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How far the cluster's clock is ahead of ours. What the cluster says of times is translated by it: else a service whose clock is
 * wrong would end gangs before their time.
 */
final class ClusterClock {
    /** The API server tells whole seconds, and an answer takes its time: less than this is no difference. */
    private static final Duration NOTICED = Duration.ofSeconds(3);

    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;

    ClusterClock(InstantSource clock) {
        this.clock = clock;
    }

    Duration ahead() {
        return ahead;
    }

    /** The cluster said {@code then} between {@code asked} and now. */
    void heard(Instant asked, @Nullable Instant then) {
        if (then != null) {
            Instant answered = clock.instant();
            Instant half = asked.plus(Duration.between(asked, answered).dividedBy(2));
            Duration difference = Duration.between(half, then);
            ahead = difference.abs().compareTo(NOTICED) < 0 ? Duration.ZERO : difference;
        }
    }

    /** Asks the API server; where it does not answer nothing changes. */
    void ask(KubernetesClient client) throws InterruptedException {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "version")
                .build();
        Instant asked = clock.instant();
        try {
            String date = client.getHttpClient()
                    .sendAsync(request, String.class)
                    .get(5, TimeUnit.SECONDS)
                    .header("Date");
            if (date != null) {
                heard(
                        asked,
                        ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            }
        } catch (ExecutionException | TimeoutException | DateTimeException e) {
            // It is asked again with the next launch.
        }
    }
}
