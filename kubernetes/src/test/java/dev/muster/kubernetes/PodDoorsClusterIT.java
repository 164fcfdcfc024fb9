package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.cluster.PodDoor;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** A real API server's proxy hands every method on to a pod, and an upgrade to a web socket, to who comes with what a door says. */
@ClusterTest
class PodDoorsClusterIT {
    private final TestCluster cluster;

    PodDoorsClusterIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void what_is_sent_to_a_door_reaches_the_pod_and_a_socket_stays_open() throws Exception {
        Optional<InetAddress> reachable = notLoopback();
        assumeTrue(
                reachable.isPresent(),
                "The API server hands nothing on to 127.0.0.1; this machine has no other address");
        Vertx vertx = Vertx.vertx();
        try (KubernetesClient client = cluster.newClient()) {
            HttpServer notebook = vertx.createHttpServer().requestHandler(call -> {
                if ("websocket".equalsIgnoreCase(call.getHeader("Upgrade"))) {
                    call.toWebSocket().onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage));
                } else {
                    call.body().onSuccess(body -> call.response()
                            .end("%s %s %s %s"
                                    .formatted(call.method(), call.uri(), body, call.getHeader("Authorization"))));
                }
            });
            int port = notebook.listen(0, "0.0.0.0")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS)
                    .actualPort();
            String name = pod(client, reachable.get().getHostAddress());
            PodDoor door = new PodDoors(client).of("default", name, port);
            HttpClient http = HttpClient.newBuilder().sslContext(ssl(door)).build();

            HttpRequest.Builder put = HttpRequest.newBuilder(URI.create(door.address() + "/api/a%20b?x=1"))
                    .PUT(HttpRequest.BodyPublishers.ofString("cells"));
            door.headers().forEach(put::header);
            assertThat(http.send(put.build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("PUT /api/a%20b?x=1 cells null");

            BlockingQueue<String> answers = new LinkedBlockingQueue<>();
            WebSocket.Builder builder = http.newWebSocketBuilder();
            door.headers().forEach(builder::header);
            WebSocket socket = builder.buildAsync(
                            URI.create(door.address().toString().replaceFirst("^http", "ws") + "/socket"),
                            new Listening(answers))
                    .get(60, TimeUnit.SECONDS);
            socket.sendText("print(1)", true).get(60, TimeUnit.SECONDS);
            assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("print(1)");
            socket.abort();
            client.pods()
                    .inNamespace("default")
                    .withName(name)
                    .withGracePeriod(0)
                    .delete();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static String pod(KubernetesClient client, String address) {
        Pod pod = client.pods()
                .inNamespace("default")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("notebook-")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("notebook")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client.pods()
                .inNamespace("default")
                .withName(pod.getMetadata().getName())
                .editStatus(one -> new PodBuilder(one)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .addNewPodIP()
                        .withIp(address)
                        .endPodIP()
                        .endStatus()
                        .build());
        return pod.getMetadata().getName();
    }

    private static SSLContext ssl(PodDoor door) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                door.key() == null ? null : new KeyManager[] {door.key()},
                door.trust() == null ? null : new TrustManager[] {door.trust()},
                null);
        return context;
    }

    private static Optional<InetAddress> notLoopback() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> Stream.of(address.isLoopbackAddress(), address.isLinkLocalAddress())
                        .noneMatch(no -> no))
                .findFirst();
    }

    private record Listening(BlockingQueue<String> answers) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answers.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
