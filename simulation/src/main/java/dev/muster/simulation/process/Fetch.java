package dev.muster.simulation.process;

import dev.muster.cluster.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Fetches what a pod is to find before its command begins. A service that is away, as one that just starts, is asked again for a while. */
final class Fetch {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 240;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** On a thread of its own, then tells why it could not be done; empty where all is there. */
    void begin(List<Download> downloads, Path directory, java.util.function.Consumer<Optional<String>> then) {
        Thread thread = new Thread(() -> then.accept(all(downloads, directory)), "local-fetch");
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<String> all(List<Download> downloads, Path directory) {
        try {
            Files.createDirectories(directory);
            for (Download one : downloads) {
                Optional<String> fault = patiently(one, directory);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("what its job brings along cannot be kept in %s: %s".formatted(directory, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while fetching");
        }
    }

    private Optional<String> patiently(Download one, Path directory) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return once(one, directory);
            } catch (IOException e) {
                if (tried == TRIES) {
                    return Optional.of("%s cannot be fetched: %s".formatted(one.name(), e));
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    /** A refusal is final; what breaks off on its way is not. */
    private Optional<String> once(Download one, Path directory) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(one.url())).timeout(ANSWER).build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= 500) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            if (answer.statusCode() != 200) {
                return Optional.of("%s cannot be fetched: HTTP %d".formatted(one.name(), answer.statusCode()));
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Path file = directory.resolve(one.name());
            Files.copy(new DigestInputStream(body, digest), file, StandardCopyOption.REPLACE_EXISTING);
            String found = HexFormat.of().formatHex(digest.digest());
            return found.equals(one.sha256())
                    ? Optional.empty()
                    : Optional.of("%s is %s: expected %s".formatted(one.name(), found, one.sha256()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
