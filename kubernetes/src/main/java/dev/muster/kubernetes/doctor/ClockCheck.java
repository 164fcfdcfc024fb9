package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
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

/** How far this clock and the API server's are apart: deadlines, tokens and certificates depend on it. */
record ClockCheck(KubernetesClient client, InstantSource clock) implements Check {
    private static final Duration MOST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "CLOCK";
    }

    @Override
    public Diagnosis look() {
        Instant before = clock.instant();
        @Nullable Instant theirs = date();
        if (theirs == null) {
            return Diagnosis.warn(
                    name(), "the API server does not say its time", "Compare it by hand: date -u on both.");
        }
        // The header counts whole seconds.
        Duration apart = Duration.between(before, theirs).abs();
        String seen = "%d s apart from the API server".formatted(apart.toSeconds());
        return apart.compareTo(MOST) <= 0
                ? Diagnosis.ok(name(), seen)
                : Diagnosis.fail(
                        name(), seen, "Let both machines keep time by NTP: deadlines would fire early or late.");
    }

    private @Nullable Instant date() {
        try {
            HttpResponse<String> answer = client.getHttpClient()
                    .sendAsync(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .url(new java.net.URL(client.getMasterUrl(), "/version"))
                                    .build(),
                            String.class)
                    .get(10, TimeUnit.SECONDS);
            String date = answer.header("Date");
            return date == null
                    ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (ExecutionException | TimeoutException | java.net.MalformedURLException | DateTimeException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
