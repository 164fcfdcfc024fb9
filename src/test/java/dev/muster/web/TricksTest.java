package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as no client would send them: paths, methods and headers by which somebody hopes to get past the gate. */
@QuarkusTest
class TricksTest {
    @TestHTTPResource("/")
    URI service;

    private Wire wire;
    private String own;
    private String other;
    private String otherJob;
    private String viewer;

    @BeforeEach
    void a_viewer_of_one_team_beside_another() {
        wire = new Wire(service);
        own = Api.newTeam();
        other = Api.newTeam();
        otherJob = Api.accepted(other, "theirs").get("id").toString();
        viewer = Api.tokenOf("v" + UUID.randomUUID().toString().substring(0, 8), "VIEWER", "team/" + own);
    }

    /** What is behind these is shown to nobody without a token, and to a viewer of one team only what is that team's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/../metrics",
                "/q/health/%2e%2e/metrics",
                "/q/health/..%2fmetrics",
                "/q/health/..;/metrics",
                "/q/health/..%5cmetrics",
                "/assets/../ui/jobs",
                "/assets/%2e%2e/api/v1/queues",
                "/sign-in/../ui",
                "/sign-in/..;/ui",
                "/sign-in;/../ui",
                "/ui;x=1/jobs",
                "/ui%3bx/jobs",
                "/ui/jobs;x=1",
                "//ui/jobs",
                "/ui%2fjobs",
                "/%75i/jobs",
                "/q;x=1/metrics",
                "/q//metrics",
                "/q/metrics;x",
                "/q/%6detrics",
                "/Q/metrics",
                "/q/metrics%00",
                "/q/metrics%20",
                "/api/v1/teams/OWN/../OTHER",
                "/api/v1/teams/OWN/..%2fOTHER",
                "/api/v1/teams/OWN%2f..%2fOTHER",
                "/api/v1/teams/OWN%252f..%252fOTHER",
                "/api/v1/teams/OWN;/../OTHER",
                "/api/v1/teams//OTHER",
                "/api/v1/teams/OTHER;x=OWN",
                "/api/v1/teams/OTHER%00OWN",
                "/api/v1/teams/OTHER%3Fx",
                "/api/v1/teams/OTHER?team=OWN",
                "/api/v1/teams/OTHER#OWN"
            })
    void a_path_leads_nobody_past_the_gate(String path) {
        String asked = "GET " + path.replace("OWN", own).replace("OTHER", other);
        String page = "Accept: text/html, */*\r\n";

        String nobody = wire.ask(asked, "", page, "");
        String seen = wire.ask(asked, viewer, page, "");

        assertThat(Wire.status(nobody)).as(nobody).isIn(400, 401, 404);
        assertThat(Wire.status(seen)).as(seen).isIn(200, 400, 403, 404);
        assertThat(nobody + seen).doesNotContain("\"kind\":\"Team\"", "jvm_", otherJob);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"})
    void a_header_makes_no_other_method_of_a_request(String header) {
        String answer = wire.ask("POST /api/v1/queues/" + own, Api.token(), header + ": DELETE\r\n", "");

        assertThat(Wire.status(answer)).isEqualTo(405);
        assertThat(Wire.status(wire.ask("GET /api/v1/queues/" + own + "?_method=DELETE", Api.token(), "", "")))
                .isEqualTo(400);
        assertThat(Api.call().get("/api/v1/queues/" + own).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "FOO", "get"})
    void a_method_that_there_is_not_does_nothing(String method) {
        String answer = wire.ask(
                method + " /api/v1/queues/" + own, Api.token(), "X-Secret: echo-me\r\nContent-Length: 0\r\n", "");

        assertThat(Wire.status(answer)).isIn(400, 405, 501);
        assertThat(answer).doesNotContain("echo-me", Api.token());
    }

    /** Links lead to where the request came, whatever a header says of another place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https\r\nX-Forwarded-Port: 1",
                "X-Forwarded-Prefix: /evil.example",
                "X-Host: evil.example",
                "Forwarded: host=evil.example;proto=https;for=6.6.6.6"
            })
    void a_header_of_proxies_changes_neither_links_nor_the_record(String header) {
        String link = wire.ask("POST /api/v1/ui-links", Api.token(), header + "\r\nContent-Length: 0\r\n", "");

        assertThat(Wire.status(link)).isEqualTo(201);
        assertThat(link)
                .contains("http://" + service.getAuthority() + "/sign-in")
                .doesNotContain("evil.example");

        String label = "l" + UUID.randomUUID().toString().substring(0, 8);
        String body = "{\"subject\":\"" + label + "\",\"label\":\"x\"}";
        wire.ask(
                "POST /api/v1/tokens",
                Api.token(),
                header + "\r\nX-Forwarded-For: 6.6.6.6\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n",
                body);
        assertThat(Api.call().get("/api/v1/audit?name=" + label).<List<String>>path("items.address"))
                .hasSize(1)
                .doesNotContain("6.6.6.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri"})
    void a_header_names_no_other_path(String header) {
        String answer = wire.ask("GET /api/v1/pools", viewer, header + ": /q/metrics\r\n", "");

        assertThat(answer).contains("\"items\"").doesNotContain("jvm_");
    }

    @Test
    void a_request_says_once_to_whom_and_by_whom_it_is() {
        String token = "Authorization: Bearer " + Api.token() + "\r\n";
        String host = "Host: " + service.getAuthority() + "\r\n";
        String line = " HTTP/1.1\r\nConnection: close\r\n";

        for (String odd : List.of(
                "GET /api/v1/queues" + line + token + "Host: evil.example\r\n" + host,
                "GET /api/v1/queues" + line + token + host + "Host: evil.example\r\n",
                "GET /api/v1/queues" + line + token,
                "GET http://evil.example/api/v1/queues" + line + token + host,
                "GET http://" + service.getAuthority() + "@evil.example/api/v1/queues" + line + token + host,
                "GET /api/v1/queues" + line + host + "Authorization: Bearer x\r\n" + token,
                "GET /api/v1/queues" + line + host + "Host : evil.example\r\n" + token,
                "GET /api/v1/queues" + line + host + token + "X: a\u0000b\r\n")) {
            String answer = wire.send(odd + "\r\n");
            assertThat(Wire.status(answer)).as(odd).isIn(400, 401, 421);
            assertThat(answer).doesNotContain("\"items\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\nContent-Length: 12",
                "Content-Length: +11",
                "Content-Length: abc",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 73400320",
                "Transfer-Encoding: xchunked"
            })
    void a_body_of_which_nobody_knows_where_it_ends_is_refused(String lengths) {
        String name = "q" + UUID.randomUUID().toString().substring(0, 8);
        String answer = wire.ask(
                "PUT /api/v1/queues/" + name,
                Api.token(),
                "Content-Type: application/json\r\n" + lengths + "\r\n",
                "{\"spec\":{}}");

        assertThat(Wire.status(answer)).as(answer).isIn(400, 413, 501);
        assertThat(Api.call().get("/api/v1/queues/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void headers_and_addresses_have_an_end() {
        for (String large : List.of("X: " + "a".repeat(40_000) + "\r\n", "X: a\r\n".repeat(12_000))) {
            assertThat(Wire.status(wire.ask("GET /api/v1/queues", Api.token(), large, "")))
                    .isEqualTo(431);
        }
        assertThat(wire.ask("GET /api/v1/queues?x=" + "a".repeat(20_000), Api.token(), "", ""))
                .contains(" 414 ");
        assertThat(Wire.status(wire.ask("GET /api/v1/queues", "x".repeat(20_000), "", "")))
                .isEqualTo(401);
    }

    /** A socket of another origin carries the cookie of who is signed in. */
    @Test
    void no_socket_and_no_stream_opens_from_another_origin() {
        String socket = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        for (String path : List.of("/api/v1/events", "/ui/live", "/", "/ui")) {
            for (String from :
                    List.of("Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n")) {
                assertThat(Wire.status(
                                wire.ask("GET " + path, Api.token(), from + "Accept: text/event-stream\r\n", "")))
                        .isEqualTo(403);
                assertThat(Wire.status(wire.send("GET " + path + " HTTP/1.1\r\nHost: " + service.getAuthority()
                                + "\r\nAuthorization: Bearer " + Api.token() + "\r\n" + from
                                + socket.replace("Upgrade\r\nUpgrade", "Upgrade, close\r\nUpgrade") + "\r\n")))
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name=%00&password=x", "name=a&name=b&password=x", "%%%", "", "name=%ff%fe&password=%c0%80"})
    void a_form_that_is_none_signs_nobody_in(String form) {
        String answer = wire.ask(
                "POST /sign-in",
                "",
                "Origin: http://" + service.getAuthority()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n",
                form);

        assertThat(Wire.status(answer)).as(answer).isIn(400, 401);
        assertThat(answer).doesNotContain("Set-Cookie", "set-cookie");
    }
}
