package dev.muster.controlplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What Spark's driver shows of itself, as far as others have to do with it: a redirect from its root, and a page whose addresses begin as
 * {@code X-Forwarded-Context} says. Served by the test at the machine's own address; the status of a pod that KWOK plays is made to
 * name that one, so that the API server's proxy to the pod leads here.
 */
public final class PodPage implements AutoCloseable {
    private final HttpServer server;

    private PodPage(HttpServer server) {
        this.server = server;
    }

    /** Empty on a machine that has no address but loopback ones, to which the API server's proxy does not go. */
    public static Optional<PodPage> start() {
        return ownAddress().map(address -> {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
                server.createContext("/", PodPage::answer);
                server.start();
                return new PodPage(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on the pod is where this is. */
    public void of(KubernetesClient client, Pod pod) {
        put(client, pod, server.getAddress().getAddress());
    }

    /** From now on the pod is at that address of this machine. */
    public static void put(KubernetesClient client, Pod pod, InetAddress address) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"podIP\": \"%1$s\", \"podIPs\": [{\"ip\": \"%1$s\"}]}}"
                                .formatted(address.getHostAddress()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String base = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Forwarded-Context"))
                .orElse("");
        if (path.equals("/")) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            exchange.getResponseHeaders().add("Location", "http://" + host + base + "/jobs/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        byte[] page =
                "<html><head><title>Spark Jobs</title></head><body><a href=\"%s/stages/\">Stages</a></body></html>"
                        .formatted(base)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html;charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(page);
        }
    }

    /** One to which the API server's proxy goes. */
    public static Optional<InetAddress> ownAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && !address.isAnyLocalAddress()
                            && !address.isMulticastAddress()
                            && address.getAddress().length == 4)
                    .findFirst();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
