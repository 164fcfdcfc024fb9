package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ServiceProcess;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.OwnControlPlane;
import dev.muster.controlplane.PodPage;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A session in a pod, reached through a real API server's proxy with the token of a service account. The test serves what the pod
 * would, at the machine's own address, which the pod's status is made to name.
 */
@ClusterTest
class SessionClusterIT {
    private static final int LARGE = 3 << 20;

    private final OwnControlPlane plane;
    private final KubernetesSite cluster;
    private final String home;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<HttpServerRequest> streaming = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private Vertx vertx;
    private HttpServer notebook;
    private Installation site;
    private String id;
    private String told;
    private String base;

    SessionClusterIT(OwnControlPlane plane) {
        this.plane = plane;
        cluster = new KubernetesSite(plane);
        home = cluster.id() + "-home";
    }

    @BeforeEach
    void a_session_runs_in_a_pod() throws Exception {
        InetAddress address = PodPage.ownAddress().orElse(null);
        assumeTrue(
                address != null,
                "This machine has loopback addresses only, to which the API server's proxy does not go: a network would run it");
        vertx = Vertx.vertx();
        notebook = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("v1.kernel"))
                .requestHandler(this::serve)
                .listen(0, address.getHostAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        account();
        site = new Installation(ServiceProcess.create()
                .with("muster.cluster", "KUBERNETES")
                .with(
                        "muster.kubernetes.kubeconfig",
                        plane.kubeconfigOf(home, "muster").toString())
                .with("muster.kubernetes.image", "registry.example/worker:1"));
        site.service().start();
        cluster.declare(site, 1);
        var accepted = site.send("POST", "/api/v1/teams/vision/jobs", """
                {"metadata": {"name": "notebook"}, "spec": {"interactive": {"port": %d, "path": "/lab?first=1", "keepPath": true},
                  "roles": [{"name": "main", "image": "registry.example/notebook:7", "resources": {"cpu": "1"}}]}}""".formatted(notebook.actualPort()), Map.of());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        id = site.jobs().get(0).at("/metadata/id").asText();
        told = "/muster-session/" + id;
        eventually().until(() -> site.jobs().get(0).at("/status/state").asText().equals("RUNNING"));
        Pod pod = plane.client()
                .pods()
                .inNamespace(cluster.id())
                .list()
                .getItems()
                .get(0);
        assertThat(pod.getSpec().getContainers().get(0).getEnv())
                .contains(
                        new EnvVar("MUSTER_SESSION_PATH", told, null),
                        new EnvVar("MUSTER_PAGE_PORT", Integer.toString(notebook.actualPort()), null));
        PodPage.put(plane.client(), pod, address);
        base = entrance();
    }

    @AfterEach
    void take_it_away() {
        if (site != null) {
            site.close();
        }
        cluster.close();
        plane.client().namespaces().withName(home).delete();
        plane.client().rbac().clusterRoleBindings().withName(home).delete();
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void its_owner_uses_it_through_the_api_server() throws Exception {
        a_page_leads_to_itself();
        what_is_sent_comes_whole();
        an_answer_comes_as_it_is_written();
        a_socket_carries_text_and_bytes();
    }

    private void a_page_leads_to_itself() throws Exception {
        HttpResponse<String> page = eventually().until(() -> get("/lab?first=1"), answer -> answer.statusCode() == 200);
        assertThat(page.body())
                .contains("href=\"" + base + "/tree\"", "\"baseUrl\": \"" + base + "/\"", "sessionStorage")
                .doesNotContain("/proxy/", told);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox")
                .doesNotContain("allow-same-origin");
        assertThat(heard.remove())
                .startsWith("GET " + told + "/lab?first=1 ")
                .contains("X-Forwarded-Prefix=" + base)
                .doesNotContainIgnoringCase("authorization")
                .doesNotContain(site.service().token());
        assertThat(get("/leave").headers().firstValue("Location")).contains(base + "/login?next=1");
        heard.clear();
    }

    private void what_is_sent_comes_whole() throws Exception {
        String large = "x".repeat(LARGE);
        HttpResponse<String> answer = client.send(
                asked("/api/contents/a%20b.ipynb")
                        .PUT(HttpRequest.BodyPublishers.ofString(large))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("PUT " + told + "/api/contents/a%20b.ipynb " + LARGE);
        assertThat(client.send(asked("/api/kernels/1").DELETE().build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("DELETE " + told + "/api/kernels/1 0");
    }

    private void an_answer_comes_as_it_is_written() throws Exception {
        HttpResponse<InputStream> answer =
                client.send(asked("/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        HttpServerRequest open = streaming.poll(60, TimeUnit.SECONDS);
        assertThat(open).isNotNull();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).as("before the second is written").isEqualTo("first");
            open.response().end("second\n");
            assertThat(lines.readLine()).isEqualTo("second");
            assertThat(lines.readLine()).isNull();
        }
    }

    private void a_socket_carries_text_and_bytes() throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("v1.kernel")
                .buildAsync(
                        URI.create(site.service()
                                .url()
                                .resolve(base + "/socket")
                                .toString()
                                .replaceFirst("^http", "ws")),
                        new Listening(answers))
                .get(60, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("v1.kernel");
        socket.sendText("print(1)", true).get(60, TimeUnit.SECONDS);
        assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("text print(1)");
        socket.sendBinary(ByteBuffer.wrap(new byte[50_000]), true).get(60, TimeUnit.SECONDS);
        assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("bytes 50000");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(60, TimeUnit.SECONDS);
        assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    private void serve(HttpServerRequest call) {
        if (call.path().equals(told + "/socket")) {
            call.toWebSocket().onSuccess(socket -> {
                socket.textMessageHandler(text -> socket.writeTextMessage("text " + text));
                socket.binaryMessageHandler(bytes -> socket.writeTextMessage("bytes " + bytes.length()));
            });
            return;
        }
        if (call.path().equals(told + "/stream")) {
            call.response().setChunked(true).write("first\n");
            streaming.add(call);
            return;
        }
        call.body().onSuccess(body -> {
            heard.add("%s %s %s"
                    .formatted(call.method(), call.uri(), call.headers().entries()));
            answer(call, body);
        });
    }

    private void answer(HttpServerRequest call, Buffer body) {
        if (call.path().equals(told + "/lab")) {
            call.response()
                    .putHeader("Content-Type", "text/html")
                    .end(
                            "<html><head></head><a href=\"%1$s/tree\"></a><script>x = {\"baseUrl\": \"%1$s/\"}</script></html>"
                                    .formatted(told));
        } else if (call.path().equals(told + "/leave")) {
            call.response()
                    .setStatusCode(302)
                    .putHeader("Location", told + "/login?next=1")
                    .end();
        } else {
            call.response().end("%s %s %d".formatted(call.method(), call.uri(), body.length()));
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(asked(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As a browser asks for what a page without an origin loads. */
    private HttpRequest.Builder asked(String path) {
        return HttpRequest.newBuilder(site.service().url().resolve(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", "muster-session=secret");
    }

    private String entrance() throws IOException, InterruptedException {
        var answer = site.service().get("/api/v1/teams/vision/jobs/" + id + "/links/session");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(307);
        String path = answer.headers().firstValue("Location").orElseThrow();
        return path.substring(0, path.indexOf("/lab"));
    }

    private void account() {
        var client = plane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(home)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(home)
                        .withName("muster")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(home)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject(null, "ServiceAccount", "muster", home)
                        .build())
                .create();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(250));
    }

    private record Listening(BlockingQueue<String> answers) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answers.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            answers.add("closed");
            return null;
        }
    }
}
