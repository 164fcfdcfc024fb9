package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, from where, by which name. */
@QuarkusTest
class AccessTest {
    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/queues", "/api/v1/teams/-/jobs", "/q/metrics", "/q/openapi", "/api/v1/nowhere", "/"})
    void nobody_gets_in_without_the_token(String path) {
        assertThat(given().get(path).statusCode()).isEqualTo(401);
        assertThat(given().header("Authorization", "Bearer " + "x".repeat(43))
                        .get(path)
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().header("Authorization", "Basic dXNlcjpwYXNz")
                        .get(path)
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().cookie("muster-session", "9999999999.abc.def")
                        .get(path)
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().cookie("muster-session", "x").get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void a_refused_write_changes_nothing() {
        String team = Api.newTeam();

        Response refused = given().contentType("application/json")
                .body(Api.quoted(Api.waiting("x")))
                .post(Api.JOBS, team);

        assertThat(refused.<String>path("code")).isEqualTo("UNAUTHENTICATED");
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(Api.count(team)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void health_is_open_to_all(String path) {
        assertThat(given().header("Host", "10.1.2.3:9000")
                        .header("Origin", "https://evil.example")
                        .get(path)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1:1",
                "localhost",
                "127.0.0.1.evil.example:PORT",
                "[::2]:PORT"
            })
    void a_foreign_host_name_is_refused(String host) {
        Response rebound = Api.call()
                .header("Host", host.replace("PORT", Integer.toString(service.getPort())))
                .get("/api/v1/queues");

        assertThat(rebound.statusCode()).isEqualTo(421);
        assertThat(rebound.<String>path("code")).isEqualTo("FOREIGN_HOST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
    void our_own_names_are_welcome(String host) {
        assertThat(Api.call()
                        .header("Host", host + ":" + service.getPort())
                        .get("/api/v1/queues")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"})
    void a_page_of_another_origin_is_refused(String origin) {
        String team = Api.newTeam();

        Response read = Api.call().header("Origin", origin).get("/api/v1/queues");
        Response write = Api.call()
                .header("Origin", origin)
                .body(Api.quoted(Api.waiting("x")))
                .post(Api.JOBS, team);

        assertThat(read.statusCode()).isEqualTo(403);
        assertThat(read.<String>path("code")).isEqualTo("FOREIGN_ORIGIN");
        assertThat(read.header("Access-Control-Allow-Origin")).isNull();
        assertThat(write.statusCode()).isEqualTo(403);
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void what_a_browser_calls_cross_site_is_refused() {
        assertThat(Api.call()
                        .header("Sec-Fetch-Site", "cross-site")
                        .get("/api/v1/queues")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.call()
                        .header("Sec-Fetch-Site", "same-site")
                        .get("/api/v1/queues")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.call()
                        .header("Sec-Fetch-Site", "none")
                        .get("/api/v1/queues")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_link_opens_the_pages_once() {
        URI link = URI.create(Api.call()
                .post("/api/v1/ui-links")
                .then()
                .statusCode(201)
                .extract()
                .path("url"));
        String code = link.getQuery().substring("code=".length());

        Response opened = given().queryParam("code", code).get("/sign-in");
        String session = opened.cookie("muster-session");

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.header("Set-Cookie")).contains("HTTPOnly", "SameSite=Strict", "Path=/");
        assertThat(given().cookie("muster-session", session)
                        .get("/api/v1/queues")
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().queryParam("code", code).get("/sign-in").statusCode())
                .isEqualTo(401);
        assertThat(given().queryParam("code", "guess").get("/sign-in").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_changes_something_only_from_our_own_pages() {
        String team = Api.newTeam();
        String url = Api.call().post("/api/v1/ui-links").path("url");
        String session = given().get(URI.create(url)).cookie("muster-session");
        String job = Api.quoted(Api.waiting("from-a-page"));
        String own = "http://" + service.getAuthority();

        assertThat(given().cookie("muster-session", session)
                        .contentType("application/json")
                        .body(job)
                        .post(Api.JOBS, team)
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.count(team)).isZero();
        assertThat(given().cookie("muster-session", session)
                        .header("Origin", own)
                        .contentType("application/json")
                        .body(job)
                        .post(Api.JOBS, team)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void every_answer_tells_browsers_to_be_careful() {
        Response answer = given().get("/q/metrics");

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(Api.call().get("/api/v1/queues").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_trace_id_of_the_caller_is_kept() {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        Response missing = Api.call()
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .get("/api/v1/queues/not-there");

        assertThat(missing.<String>path("traceId")).isEqualTo(trace);
        assertThat(missing.header("Muster-Trace-Id")).isEqualTo(trace);
    }

    @Test
    void methods_and_types_that_are_not_there_are_problems() {
        Response method = Api.call().delete("/api/v1/queues");
        Response accept = Api.call().accept("image/png").get("/api/v1/queues");

        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.<String>path("code")).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(accept.statusCode()).isEqualTo(406);
        assertThat(accept.contentType()).startsWith("application/problem+json");
    }

    @Test
    void metrics_and_the_description_are_there_for_who_may() {
        assertThat(Api.call().accept("*/*").get("/q/metrics").asString()).contains("muster_jobs");
        String description = Api.call()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .asString();
        assertThat(description)
                .contains("/api/v1/teams/{team}/jobs:batchCreate", "/api/v1/clock:run", "#/components/schemas/JobBatch")
                .doesNotContain("schemas/Body");
        assertThat(Api.call().accept("text/html").get("/q/swagger-ui/").statusCode())
                .isEqualTo(200);
    }
}
