package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Pages that pods serve, through the API server's proxy: no network to the pods is needed. The API server writes its own path before
 * the addresses in pages; it is taken out again.
 */
final class PodPages {
    private static final int SECONDS = 20;
    /** What the API server answers where the pod does not. */
    private static final Set<Integer> NOBODY = Set.of(502, 503, 504);

    private final KubernetesClient client;

    PodPages(KubernetesClient client) {
        this.client = client;
    }

    Optional<PageAnswer> ask(String namespace, String pod, PageRequest request) {
        String proxy = "/api/v1/namespaces/%s/pods/%s:%d/proxy".formatted(namespace, pod, request.port());
        String server = client.getMasterUrl().toString().replaceAll("/+$", "");
        HttpRequest.Builder builder = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(server + proxy + request.path())
                .timeout(SECONDS, TimeUnit.SECONDS);
        request.headers().forEach(builder::setHeader);
        HttpResponse<InputStream> response = sent(pod, builder.build());
        try (InputStream body = response.body()) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(PageAnswer.MOST_BYTES + 1);
            if (bytes.length > PageAnswer.MOST_BYTES) {
                throw new ClusterUnavailable(
                        "The page of pod %s is longer than %d bytes".formatted(pod, PageAnswer.MOST_BYTES), null);
            }
            return answer(pod, proxy, response, bytes);
        } catch (IOException e) {
            throw new ClusterUnavailable("The page of pod %s could not be read".formatted(pod), e);
        }
    }

    /** Asked once more where the connection, which others used before, was closed just then: nothing is done by asking. */
    private HttpResponse<InputStream> sent(String pod, HttpRequest request) {
        try {
            try {
                return answered(request);
            } catch (ExecutionException closed) {
                return answered(request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailable("Interrupted while the page of pod %s was asked for".formatted(pod), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterUnavailable("The page of pod %s could not be asked for".formatted(pod), e);
        }
    }

    private HttpResponse<InputStream> answered(HttpRequest request)
            throws InterruptedException, ExecutionException, TimeoutException {
        return client.getHttpClient().sendAsync(request, InputStream.class).get(SECONDS, TimeUnit.SECONDS);
    }

    private static Optional<PageAnswer> answer(
            String pod, String proxy, HttpResponse<InputStream> response, byte[] bytes) {
        String type = header(response, "Content-Type").orElse("application/octet-stream");
        boolean ofTheServer = isStatus(type, bytes);
        if (ofTheServer && (response.code() == 401 || response.code() == 403)) {
            throw new ClusterUnavailable(
                    "Kubernetes does not let Muster through to pod %s: it needs get on pods/proxy".formatted(pod),
                    null);
        }
        if (ofTheServer || NOBODY.contains(response.code())) {
            return Optional.empty();
        }
        boolean page = type.toLowerCase(Locale.ROOT).startsWith("text/html");
        byte[] shown = page
                ? new String(bytes, StandardCharsets.UTF_8).replace(proxy, "").getBytes(StandardCharsets.UTF_8)
                : bytes;
        return Optional.of(new PageAnswer(
                response.code(), type, header(response, "Location").map(to -> to.replace(proxy, "")), shown));
    }

    /** The API server's own answers are of this kind; those of pods are not. */
    private static boolean isStatus(String type, byte[] bytes) {
        return type.startsWith("application/json")
                && bytes.length < 65_536
                && new String(bytes, StandardCharsets.UTF_8)
                        .replace(" ", "")
                        .startsWith("{\"kind\":\"Status\",\"apiVersion\":\"v1\"");
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return Optional.ofNullable(response.header(name));
    }
}
