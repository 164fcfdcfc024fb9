package dev.muster.simulation.process;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Pages that processes of this machine serve: each is told a port of its own, which nobody used when it began. */
final class ProcessPages {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Optional<PageAnswer> ask(PodDirectory pod, PageRequest request) {
        Optional<Integer> port = pod.pagePort();
        return port.isEmpty() ? Optional.empty() : ask(port.get(), request);
    }

    private Optional<PageAnswer> ask(int port, PageRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.path()))
                .timeout(PATIENCE);
        request.headers().forEach(builder::setHeader);
        try {
            HttpResponse<InputStream> response =
                    client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(PageAnswer.MOST_BYTES + 1);
                if (bytes.length > PageAnswer.MOST_BYTES) {
                    throw new ClusterUnavailable(
                            "The page at port %d is longer than %d bytes".formatted(port, PageAnswer.MOST_BYTES), null);
                }
                return Optional.of(new PageAnswer(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                        response.headers().firstValue("Location"),
                        bytes));
            }
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ClusterUnavailable("The page at port %d could not be read".formatted(port), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailable("Interrupted while the page at port %d was asked for".formatted(port), e);
        }
    }
}
