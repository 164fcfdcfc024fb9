package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.postgres.SessionStore;
import dev.muster.quota.name.JobId;
import dev.muster.session.Uses;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session on a process of this machine, as its owner and as strangers see it; the test listens where the process was told to. */
@QuarkusTest
@TestProfile(OnThisMachine.class)
class SessionTest {
    private static final String LINK = Api.JOBS + "/{id}/links/session";
    private static final String NOTEBOOK =
            "{'metadata':{'name':'notebook'},'spec':{'interactive':{'port':8888,'path':'/lab?first=1'},"
                    + "'roles':[{'name':'main','command':['sh','-c','echo $MUSTER_PAGE_PORT; exec sleep 900'],"
                    + "'resources':{'cpu':'100m','memory':'16Mi'}}]}}";
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int HUGE = 64 << 20;

    @Inject
    SessionStore store;

    @Inject
    Uses uses;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private String team;
    private String id;
    private HttpServer notebook;
    /** Its own: what the service's Vert.x serves is measured as the service's. */
    private Vertx vertx;

    @BeforeEach
    void a_session_runs() {
        team = "on" + Long.toString(System.nanoTime(), 36);
        Api.create(
                "pools/here-" + team,
                "{'spec':{'nodes':1,'resources':{'cpu':'4','memory':'4Gi'},'localProcesses':true}}");
        Api.create("queues/" + team, "{'spec':{'capability':{'cpu':'4'}}}");
        Api.create("teams/" + team, "{'spec':{'queue':'%s'}}".formatted(team));
        Response accepted = Api.submit(team, NOTEBOOK);
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        id = accepted.path("metadata.id");
        await().atMost(LONG).until(() -> state().equals("RUNNING"));
        await().atMost(LONG).until(() -> output().matches("\\d+\\s"));
        vertx = Vertx.vertx();
        notebook = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("v1.kernel"))
                .requestHandler(this::serve);
        notebook.listen(Integer.parseInt(output().strip()), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void it_is_ended() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Api.call().post(Api.JOBS + "/{id}:cancel", team, id);
        await().atMost(LONG).until(() -> state().equals("CANCELLED"));
        Api.call().header("If-Match", "*").delete("/api/v1/pools/here-" + team);
    }

    @Test
    void its_owner_uses_every_method_and_it_hears_nothing_of_who_that_is() throws InterruptedException {
        String entrance = entrance();
        assertThat(entrance).startsWith("/job-sessions/" + id + ".").endsWith("/lab?first=1");
        String base = entrance.substring(0, entrance.indexOf("/lab"));

        Response page =
                browser().header("Authorization", "Bearer " + Api.token()).get(entrance);
        assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
        assertThat(page.asString()).contains("<title>a notebook</title>").contains("sessionStorage");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("sandbox allow-scripts allow-forms")
                .doesNotContain("allow-same-origin");
        assertThat(page.header("Set-Cookie")).as("of our origin").isNull();
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(heard.take())
                .startsWith("GET /lab?first=1 ")
                .contains("X-Forwarded-Prefix=" + base)
                .doesNotContainIgnoringCase("authorization")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContain(Api.token());

        assertThat(browser().body("{}").put(base + "/api/contents/a%20b.ipynb").asString())
                .isEqualTo("PUT /api/contents/a%20b.ipynb {}");
        assertThat(browser().delete(base + "/api/kernels/1").asString()).isEqualTo("DELETE /api/kernels/1 ");
        assertThat(browser().redirects().follow(false).get(base + "/leave").header("Location"))
                .as("it leads nobody out of itself")
                .isEqualTo(base + "/steal?x=1");
        assertThat(browser()
                        .header("Access-Control-Request-Method", "PUT")
                        .options(base + "/x")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void what_is_huge_comes_piece_by_piece_and_a_socket_stays_open_while_it_counts_as_use() throws Exception {
        String base = base();
        long bytes = given().urlEncodingEnabled(false)
                .get(base + "/huge")
                .then()
                .statusCode(200)
                .extract()
                .asInputStream()
                .transferTo(java.io.OutputStream.nullOutputStream());
        assertThat(bytes).isEqualTo(HUGE);

        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("v1.kernel")
                .buildAsync(URI.create("ws://127.0.0.1:" + RestAssured.port + base + "/socket"), new Listening(answers))
                .get(60, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("v1.kernel");
        socket.sendText("print(1)", true).get(60, TimeUnit.SECONDS);
        assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("text print(1)");

        uses.write();
        SessionStore.Use first = use();
        assertThat(first.usedAt()).isNotNull();
        await().atMost(LONG).until(() -> {
            uses.write();
            return use().usedAt().isAfter(first.usedAt());
        });
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(60, TimeUnit.SECONDS);
        assertThat(hungUp.await(60, TimeUnit.SECONDS))
                .as("the notebook hears of it")
                .isTrue();
    }

    @Test
    void only_its_owner_gets_in_and_to_who_may_not_see_it_it_is_not_there() {
        String colleague = Api.tokenOf("col-" + team, "SUBMITTER", "team/" + team);
        Response refused = link(colleague);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.<String>path("detail")).contains("it is operator's alone");

        Api.create("queues/other-" + team, "{'spec':{}}");
        Api.create("teams/other-" + team, "{'spec':{'queue':'other-%s'}}".formatted(team));
        String stranger = Api.tokenOf("str-" + team, "SUBMITTER", "team/other-" + team);
        assertThat(link(stranger).statusCode()).isEqualTo(404);
        assertThat(given().redirects().follow(false).get(LINK, team, id).statusCode())
                .isEqualTo(401);

        String base = base();
        String forged = base.replaceFirst("\\.\\d+\\.", ".9999999999.");
        assertThat(browser().get(forged + "/lab").statusCode()).isEqualTo(401);
        assertThat(browser().get("/job-sessions/" + id + "/lab").statusCode()).isEqualTo(401);
        assertThat(heard).isEmpty();
    }

    @Test
    void one_whose_port_another_program_took_first_gets_another() throws IOException {
        String go = Files.createTempDirectory("muster-port").resolve("go").toString();
        Response accepted = Api.submit(
                team,
                "{'metadata':{'name':'late'},'spec':{'interactive':{'port':8888},'roles':[{'name':'main','command':['sh','-c',"
                        + "'echo $MUSTER_PAGE_PORT; case $MUSTER_ATTEMPT in *-1) while [ ! -e " + go
                        + " ]; do sleep 0.1; done; exit 1;; esac; exec sleep 900'],'resources':{'cpu':'100m','memory':'16Mi'}}]}}");
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        String late = accepted.path("metadata.id");
        await().atMost(LONG).until(() -> output(late).matches("\\d+\\s"));
        int first = Integer.parseInt(output(late).strip());
        try (ServerSocket taken = new ServerSocket(first, 5, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            Files.createFile(Path.of(go));
            await().atMost(LONG).until(() -> attempt(late) == 2 && state(late).equals("RUNNING"));
            await().atMost(LONG).until(() -> output(late).matches("\\d+\\s"));
            assertThat(output(late).strip()).isNotEqualTo(Integer.toString(first));
        }
        Api.call().post(Api.JOBS + "/{id}:cancel", team, late);
        await().atMost(LONG).until(() -> state(late).equals("CANCELLED"));
        Files.delete(Path.of(go));
    }

    @Test
    void tricks_with_paths_reach_nothing_and_a_dead_notebook_is_told_as_such() {
        String base = base();
        for (String trick : List.of("/../../api/v1/pools", "/a/%2e%2e/b", "/%2e%2e%2f%2e%2e", "/x%0d%0aA:b")) {
            assertThat(browser().get(base + trick).statusCode()).as(trick).isBetween(400, 404);
        }
        assertThat(browser().post("/api/v1/pools").statusCode())
                .as("as a page of a session")
                .isEqualTo(403);
        assertThat(heard).isEmpty();

        notebook.close().toCompletionStage().toCompletableFuture().join();
        Response dead = browser().get(base + "/lab");
        assertThat(dead.statusCode()).isEqualTo(503);
        assertThat(dead.asString()).contains("notebook does not answer yet").contains("port 8888");
        assertThat(dead.header("Content-Security-Policy")).doesNotContain("sandbox");
    }

    private void serve(HttpServerRequest call) {
        if (call.path().equals("/socket")) {
            call.toWebSocket().onSuccess(socket -> {
                socket.textMessageHandler(text -> socket.writeTextMessage("text " + text));
                socket.closeHandler(closed -> hungUp.countDown());
            });
            return;
        }
        if (call.path().equals("/huge")) {
            call.response().setChunked(true);
            huge(call, HUGE);
            return;
        }
        call.body().onSuccess(body -> {
            heard.add("%s %s %s"
                    .formatted(call.method(), call.uri(), call.headers().entries()));
            if (call.path().equals("/leave")) {
                call.response()
                        .setStatusCode(302)
                        .putHeader("Location", "https://evil.example/steal?x=1")
                        .end();
            } else if (call.path().equals("/lab")) {
                call.response()
                        .putHeader("Content-Type", "text/html")
                        .putHeader("Set-Cookie", "muster-session=forged; Path=/")
                        .end("<html><head><title>a notebook</title></head></html>");
            } else {
                call.response().end("%s %s %s".formatted(call.method(), call.uri(), body));
            }
        });
    }

    private static void huge(HttpServerRequest call, int left) {
        int piece = Math.min(left, 1 << 20);
        call.response().write(Buffer.buffer(new byte[piece])).onSuccess(written -> {
            if (left > piece) {
                huge(call, left - piece);
            } else {
                call.response().end();
            }
        });
    }

    /** As a browser asks for what a page without an origin loads. */
    private static RequestSpecification browser() {
        return given().urlEncodingEnabled(false)
                .header("Origin", "null")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", "muster-session=secret")
                .header("Accept", "text/html");
    }

    private String base() {
        String entrance = entrance();
        return entrance.substring(0, entrance.indexOf("/lab"));
    }

    private String entrance() {
        Response response = link(Api.token());
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(307);
        return response.header("Location");
    }

    private Response link(String token) {
        return given().header("Authorization", "Bearer " + token)
                .redirects()
                .follow(false)
                .get(LINK, team, id);
    }

    private SessionStore.Use use() {
        JobId job = new JobId(id);
        return store.uses(List.of(job)).get(job);
    }

    private String state() {
        return state(id);
    }

    private String state(String job) {
        return Api.call().get(Api.JOBS + "/{id}", team, job).path("status.state");
    }

    private int attempt(String job) {
        return Api.call().get(Api.JOBS + "/{id}", team, job).path("status.attempt");
    }

    private String output() {
        return output(id);
    }

    private String output(String job) {
        return new String(Api.call().get(Api.JOBS + "/{id}/logs", team, job).asByteArray(), StandardCharsets.UTF_8);
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
