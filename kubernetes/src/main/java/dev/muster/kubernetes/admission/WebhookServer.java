package dev.muster.kubernetes.admission;

import dev.muster.admission.Admission;
import dev.muster.admission.BadReview;
import dev.muster.admission.Catalogue;
import dev.muster.admission.certificate.Pair;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Answers the API server's reviews over TLS, on a port of its own: nothing else is served there, and nobody is asked who he is,
 * because an answer tells nothing and changes nothing. What is large is worked on beside the event loop.
 */
public final class WebhookServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebhookServer.class.getName());
    private static final int SMALL = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpServer server;
    private final Vertx vertx;
    private final Admission admission;
    private final Supplier<Catalogue> catalogue;
    private final Heard heard;

    private WebhookServer(
            Vertx vertx,
            String host,
            int port,
            Supplier<Pair> shown,
            Admission admission,
            Supplier<Catalogue> catalogue,
            Heard heard) {
        this.vertx = vertx;
        this.admission = admission;
        this.catalogue = catalogue;
        this.heard = heard;
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(true)
                .setTcpNoDelay(true)
                .setIdleTimeout(120)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setKeyCertOptions(KeyCertOptions.wrap(new ShownKey(shown)));
        this.server = vertx.createHttpServer(options).requestHandler(this::answer);
    }

    /** Told of every answer: which question, whether it was taken, refused or bad, and how long it took here. */
    @FunctionalInterface
    public interface Heard {
        void heard(String path, int status, long nanos);
    }

    /** Port 0: any that is free. */
    public static WebhookServer start(
            Vertx vertx,
            String host,
            int port,
            Supplier<Pair> shown,
            Admission admission,
            Supplier<Catalogue> catalogue,
            Heard heard) {
        WebhookServer made = new WebhookServer(vertx, host, port, shown, admission, catalogue, heard);
        try {
            made.server.listen().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The webhook cannot listen on %s:%d".formatted(host, port), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the webhook started", e);
        }
        return made;
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(HttpServerRequest request) {
        boolean mutates = request.path().equals("/admission/mutate");
        if (request.path().equals("/healthz")) {
            end(request, 200, Buffer.buffer("ok"), "text/plain");
        } else if (!mutates && !request.path().equals("/admission/validate")) {
            end(request, 404, Buffer.buffer("Expected /admission/mutate or /admission/validate"), "text/plain");
        } else if (request.method() != HttpMethod.POST) {
            end(request, 405, Buffer.buffer("Expected POST"), "text/plain");
        } else {
            read(request, mutates);
        }
    }

    private void read(HttpServerRequest request, boolean mutates) {
        long began = System.nanoTime();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() <= Admission.LONGEST_REVIEW) {
                body.appendBuffer(part);
            } else if (!request.response().ended()) {
                request.response().putHeader("Connection", "close");
                end(
                        request,
                        413,
                        Buffer.buffer("A review is longer than %d bytes".formatted(Admission.LONGEST_REVIEW)),
                        "text/plain");
                request.connection().close();
            }
        });
        request.endHandler(end -> {
            if (request.response().ended()) {
                return;
            }
            if (body.length() <= SMALL) {
                decide(request, body, mutates, began);
            } else {
                vertx.executeBlocking(
                        () -> {
                            decide(request, body, mutates, began);
                            return null;
                        },
                        false);
            }
        });
    }

    private void decide(HttpServerRequest request, Buffer body, boolean mutates, long began) {
        int status = 200;
        try {
            byte[] bytes = body.getBytes();
            Catalogue known = catalogue.get();
            byte[] answer = mutates ? admission.mutate(bytes, known) : admission.validate(bytes, known);
            end(request, status, Buffer.buffer(answer), "application/json");
        } catch (BadReview e) {
            status = 400;
            end(request, status, Buffer.buffer(e.getMessage()), "text/plain");
        } catch (RuntimeException e) {
            status = 500;
            LOG.log(System.Logger.Level.ERROR, "act=review-failed path=" + request.path(), e);
            end(request, status, Buffer.buffer("Muster could not answer; its log says why"), "text/plain");
        }
        heard.heard(request.path(), status, System.nanoTime() - began);
    }

    private static void end(HttpServerRequest request, int status, Buffer body, String type) {
        request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
