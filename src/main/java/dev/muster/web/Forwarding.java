package dev.muster.web;

import dev.muster.cluster.PodDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * Hands a call on to the door of a pod and its answer back, as it comes and no faster than it is taken, whatever its length. An upgrade
 * to a web socket becomes a pipe of bytes between the two.
 */
@ApplicationScoped
class Forwarding {
    private static final int CONNECT_MILLIS = 5_000;
    /** A notebook may think before it answers; its first byte may take this long. */
    private static final int ANSWER_MILLIS = 300_000;

    private static final int MOST_CONNECTIONS = 2_000;
    private static final int LONGEST_HEADERS = 64 << 10;

    private final Vertx vertx;
    private final Map<Means, HttpClient> clients = new ConcurrentHashMap<>();

    Forwarding(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Means(Optional<X509TrustManager> trust, Optional<X509KeyManager> key) {}

    /**
     * What is handed on: {@code path} of the pod, whose page is shown below {@code base}; {@code told} is where the pod was told that its
     * paths begin, and may be nothing.
     */
    record Way(PodDoor door, String told, String path, String base) {
        String asked() {
            return door.prefix() + told + path;
        }

        /** What may stand before the pod's own paths in addresses that it, or whoever reaches it, has written; the longest first. */
        List<String> before() {
            return Stream.of(door.prefix() + told, told, door.prefix())
                    .filter(prefix -> !prefix.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** Fails before anything was answered where nobody is reached; what breaks off later closes the caller's connection. */
    Future<Void> forward(RoutingContext call, Way way) {
        HttpServerRequest request = call.request();
        boolean upgrades = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(way.door().address().getHost())
                .setPort(port(way.door()))
                .setSsl("https".equals(way.door().address().getScheme()))
                .setURI(way.asked())
                .setConnectTimeout(CONNECT_MILLIS);
        return client(way.door()).request(options).compose(out -> {
            call.response().closeHandler(gone -> out.reset());
            SessionHeaders.ask(request.headers(), out.headers(), way.base());
            if (isForAPage(request)) {
                out.putHeader("Accept-Encoding", "identity");
            }
            way.door().headers().forEach(out::putHeader);
            if (upgrades) {
                return upgrade(call, way, out);
            }
            return sent(request, out).compose(answer -> hand(call, way, answer));
        });
    }

    private static Future<HttpClientResponse> sent(HttpServerRequest request, HttpClientRequest out) {
        out.idleTimeout(ANSWER_MILLIS);
        boolean hasBody = request.headers().contains("Content-Length")
                || request.headers().contains("Transfer-Encoding");
        if (!hasBody) {
            request.resume();
            return out.send();
        }
        if (request.getHeader("Expect") != null) {
            request.response().writeContinue();
        }
        return out.send(request);
    }

    private static void head(RoutingContext call, Way way, HttpClientResponse answer) {
        call.response().setStatusCode(answer.statusCode());
        SessionHeaders.answer(answer.headers(), call.response().headers(), way.path(), way.base(), way.before());
    }

    private Future<Void> hand(RoutingContext call, Way way, HttpClientResponse answer) {
        HttpServerResponse response = call.response();
        head(call, way, answer);
        boolean empty = call.request().method().equals(HttpMethod.HEAD)
                || answer.statusCode() == 204
                || answer.statusCode() == 304;
        if (empty) {
            return response.end();
        }
        boolean page = SessionPage.is(answer.getHeader("Content-Type"), answer.getHeader("Content-Encoding"));
        if (page) {
            response.headers().remove("Content-Length");
        }
        if (!response.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        Future<Void> handed = page ? page(answer, response, way) : answer.pipeTo(response);
        return handed.otherwise(broken -> {
            // Who has got a part must not take it for the whole.
            call.request().connection().close();
            return null;
        });
    }

    /** Collected as far as a page is long; what is longer goes on as it is. */
    private static Future<Void> page(HttpClientResponse answer, HttpServerResponse response, Way way) {
        io.vertx.core.Promise<Void> done = io.vertx.core.Promise.promise();
        Buffer collected = Buffer.buffer();
        answer.exceptionHandler(done::tryFail);
        answer.endHandler(
                end -> response.end(Buffer.buffer(SessionPage.shown(collected.getBytes(), way.base(), way.before())))
                        .onComplete(done));
        answer.handler(piece -> {
            collected.appendBuffer(piece);
            if (collected.length() > SessionPage.MOST_BYTES) {
                answer.pause();
                answer.handler(null);
                answer.endHandler(null);
                response.write(collected)
                        .compose(written -> answer.pipeTo(response))
                        .onComplete(done);
            }
        });
        return done.future();
    }

    private Future<Void> upgrade(RoutingContext call, Way way, HttpClientRequest out) {
        out.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
        return out.connect().compose(answer -> {
            if (answer.statusCode() != 101) {
                return hand(call, way, answer);
            }
            NetSocket pod = answer.netSocket();
            pod.pause();
            HttpServerResponse response = call.response();
            head(call, way, answer);
            response.headers().remove("Content-Length");
            response.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
            return call.request().toNetSocket().compose(person -> {
                pod.exceptionHandler(broken -> person.close());
                person.exceptionHandler(broken -> pod.close());
                Future<Void> to = person.pipeTo(pod);
                Future<Void> from = pod.pipeTo(person);
                person.resume();
                pod.resume();
                return Future.join(to, from).otherwiseEmpty().mapEmpty();
            });
        });
    }

    private HttpClient client(PodDoor door) {
        return clients.computeIfAbsent(
                new Means(Optional.ofNullable(door.trust()), Optional.ofNullable(door.key())), this::client);
    }

    private HttpClient client(Means means) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setKeepAliveTimeout(30);
        means.trust().ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(trust)));
        means.key().ifPresent(key -> options.setKeyCertOptions(KeyCertOptions.wrap(key)));
        return vertx.createHttpClient(options);
    }

    private static int port(PodDoor door) {
        int port = door.address().getPort();
        return port > 0 ? port : "https".equals(door.address().getScheme()) ? 443 : 80;
    }

    private static boolean isForAPage(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}
