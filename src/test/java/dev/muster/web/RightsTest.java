package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people with duties see and do, and that others' things are not there for them. */
@QuarkusTest
class RightsTest {
    @TestHTTPResource("/")
    URI service;

    private String own;
    private String other;
    private String ownJob;
    private String otherJob;
    private String name;

    @BeforeEach
    void two_teams_with_a_job_each() {
        own = Api.newTeam();
        other = Api.newTeam();
        ownJob = Api.accepted(own, "mine").get("id").toString();
        otherJob = Api.accepted(other, "theirs").get("id").toString();
        name = "p" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void a_submitter_works_in_the_own_team() {
        RequestSpecification ana = with("SUBMITTER", "team/" + own);

        assertThat(call(ana)
                        .body(Api.quoted(Api.waiting("new")))
                        .post(Api.JOBS, own)
                        .statusCode())
                .isEqualTo(201);
        assertThat(call(ana).get(Api.JOBS + "/{job}", own, ownJob).statusCode()).isEqualTo(200);
        assertThat(call(ana).post(Api.JOBS + "/{job}:cancel", own, ownJob).statusCode())
                .isEqualTo(200);
        assertThat(call(ana).get("/api/v1/teams/{t}", own).statusCode()).isEqualTo(200);
        assertThat(call(ana).get("/api/v1/pools").statusCode()).isEqualTo(200);
    }

    @Test
    void a_viewer_is_told_that_they_may_not_change_what_they_see() {
        RequestSpecification vi = with("VIEWER", "team/" + own);

        Response cancel = call(vi).post(Api.JOBS + "/{job}:cancel", own, ownJob);

        assertThat(cancel.statusCode()).isEqualTo(403);
        assertThat(cancel.<String>path("detail")).contains(name, "CANCEL");
        assertThat(call(vi).body(Api.quoted(Api.waiting("new")))
                        .post(Api.JOBS, own)
                        .statusCode())
                .isEqualTo(403);
    }

    /** Word for word: a difference would tell. */
    @Test
    void what_is_another_teams_is_not_there() {
        RequestSpecification ana = with("SUBMITTER", "team/" + own);
        String nowhere = "01h00000000000000000000000";

        for (String team : List.of(other, own, "-", "not-there")) {
            for (String end : List.of("", "/attempts", "/attempts/1", "/explanation", "/events", "/logs")) {
                String path = "/api/v1/teams/" + team + "/jobs/%s" + end;
                same(
                        call(ana).get(path.formatted(otherJob)),
                        call(ana).get(path.formatted(nowhere)),
                        otherJob,
                        nowhere);
            }
            for (String verb : List.of("cancel", "suspend", "resume", "rerun")) {
                String path = "/api/v1/teams/" + team + "/jobs/%s:" + verb;
                same(
                        call(ana).post(path.formatted(otherJob)),
                        call(ana).post(path.formatted(nowhere)),
                        otherJob,
                        nowhere);
            }
        }
        same(
                call(ana).delete("/api/v1/teams/-/jobs/" + otherJob),
                call(ana).delete("/api/v1/teams/-/jobs/" + nowhere),
                otherJob,
                nowhere);
        same(call(ana).get("/api/v1/teams/" + other), call(ana).get("/api/v1/teams/nobody-s"), other, "nobody-s");
        same(call(ana).get("/api/v1/queues/" + other), call(ana).get("/api/v1/queues/nobody-s"), other, "nobody-s");
        same(
                call(ana).body(Api.quoted(Api.waiting("x"))).post(Api.JOBS, other),
                call(ana).body(Api.quoted(Api.waiting("x"))).post(Api.JOBS, "nobody-s"),
                other,
                "nobody-s");
        assertThat(Api.count(other)).isEqualTo(1);
    }

    @Test
    void lists_show_what_may_be_seen_and_their_pages_are_full() {
        RequestSpecification ana = with("VIEWER", "team/" + own);
        Api.accepted(other, "between");
        Api.accepted(own, "second");

        Response first = call(ana).get("/api/v1/teams/-/jobs?pageSize=1");
        Response second = call(ana)
                .queryParam("pageToken", first.<String>path("nextPageToken"))
                .get("/api/v1/teams/-/jobs?pageSize=1");

        assertThat(first.<List<String>>path("items.metadata.name")).containsExactly("second");
        assertThat(second.<List<String>>path("items.metadata.name")).containsExactly("mine");
        assertThat(second.<String>path("nextPageToken")).isNull();
        assertThat(call(ana).get(Api.JOBS, other).<List<?>>path("items")).isEmpty();
        assertThat(call(ana).get("/api/v1/teams").<List<String>>path("items.metadata.name"))
                .containsExactly(own);
        assertThat(call(ana).get("/api/v1/queues").<List<String>>path("items.metadata.name"))
                .containsExactly(own);
        assertThat(call(ana).get("/api/v1/events?pageSize=1000").<List<String>>path("items.team"))
                .isNotEmpty()
                .containsOnly(own);
        assertThat(call(ana).get("/api/v1/events?pageSize=1000&team=" + other).<List<?>>path("items"))
                .isEmpty();
        assertThat(call(ana).get("/api/v1/schedules").<List<?>>path("items")).isEmpty();
        assertThat(call(ana).get("/api/v1/usage?groupBy=team").statusCode()).isEqualTo(200);
    }

    @Test
    void what_shows_all_teams_is_refused() {
        RequestSpecification ana = with("TEAM_ADMIN", "team/" + own);

        for (String path : List.of(
                "/api/v1/planner/snapshot",
                "/api/v1/policy",
                "/api/v1/doctor",
                "/api/v1/fragmentation",
                "/q/metrics",
                "/ui/packing",
                "/ui/audit")) {
            assertThat(call(ana).get(path).statusCode()).as(path).isIn(403, 404);
        }
        assertThat(call(ana).post("/api/v1/ui-links").statusCode()).isEqualTo(403);
    }

    @Test
    void schedules_of_others_are_not_there() {
        String theirs = "s" + name;
        Api.create("schedules/" + theirs, schedule(other)).then().statusCode(201);
        RequestSpecification ana = with("SUBMITTER", "team/" + own);

        for (String end : List.of("", "/next", "/runs", "/backfills", "/backfills/1")) {
            String path = "/api/v1/schedules/%s" + end;
            same(call(ana).get(path.formatted(theirs)), call(ana).get(path.formatted("no-such")), theirs, "no-such");
        }
        for (String verb : List.of(":run", ":resume")) {
            same(
                    call(ana).post("/api/v1/schedules/" + theirs + verb),
                    call(ana).post("/api/v1/schedules/no-such" + verb),
                    theirs,
                    "no-such");
        }
        same(
                call(ana).delete("/api/v1/schedules/" + theirs),
                call(ana).delete("/api/v1/schedules/no-such"),
                theirs,
                "no-such");
        assertThat(call(ana)
                        .body(Api.quoted(schedule(own)))
                        .put("/api/v1/schedules/" + theirs)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(ana)
                        .body(Api.quoted(schedule(other)))
                        .put("/api/v1/schedules/o" + theirs)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(ana)
                        .body(Api.quoted(schedule(own)))
                        .put("/api/v1/schedules/m" + theirs)
                        .statusCode())
                .isEqualTo(201);
        assertThat(call(ana).get("/api/v1/schedules").<List<String>>path("items.metadata.name"))
                .containsExactly("m" + theirs);
    }

    @Test
    void a_quota_admin_shares_out_what_the_queue_has() {
        String root = "r" + name;
        Api.create("queues/" + root, "{'spec':{}}").then().statusCode(201);
        RequestSpecification quinn = with("QUOTA_ADMIN", "queue/" + root);

        assertThat(call(quinn)
                        .body(Api.quoted("{'spec':{'parent':'" + root + "'}}"))
                        .put("/api/v1/queues/" + root + "-a")
                        .statusCode())
                .isEqualTo(201);
        assertThat(put(quinn, "queues/" + root + "-a", "{'spec':{'parent':'" + root + "','weight':3}}"))
                .isEqualTo(200);
        assertThat(put(quinn, "queues/" + root, "{'spec':{'weight':9}}")).isEqualTo(403);
        assertThat(put(quinn, "queues/" + root + "-a", "{'spec':{'parent':'shared'}}"))
                .isEqualTo(403);
        assertThat(put(quinn, "queues/" + root + "-b", "{'spec':{}}")).isEqualTo(403);
        assertThat(put(quinn, "queues/" + other, "{'spec':{'parent':'" + root + "'}}"))
                .isEqualTo(403);
        assertThat(call(quinn).get("/api/v1/queues").<List<String>>path("items.metadata.name"))
                .containsExactly(root, root + "-a");
        assertThat(call(quinn)
                        .header("If-Match", "*")
                        .delete("/api/v1/queues/" + root)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(quinn)
                        .header("If-Match", "*")
                        .delete("/api/v1/queues/" + root + "-a")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_token_that_was_revoked_or_has_no_duty_any_more_is_good_for_nothing() {
        RequestSpecification ana = with("VIEWER", "team/" + own);
        String id = call(ana).get("/api/v1/whoami").path("token");

        assertThat(Api.call()
                        .delete("/api/v1/grants?subject={s}&duty=VIEWER&scope=team/{t}", name, own)
                        .statusCode())
                .isEqualTo(204);
        assertThat(call(ana).get("/api/v1/teams/{t}", own).statusCode()).isEqualTo(404);
        assertThat(Api.call().delete("/api/v1/tokens/{id}", id).statusCode()).isEqualTo(204);
        assertThat(call(ana).get("/api/v1/pools").statusCode()).isEqualTo(401);
    }

    /** Whoever listens learns nothing more once they may not: the stream itself ends. */
    @Test
    void a_stream_ends_when_its_token_is_revoked_or_its_duty_taken() throws Exception {
        give("VIEWER", "team/" + own);
        for (boolean revoked : List.of(true, false)) {
            String token = token("NONE");
            HttpRequest listening = HttpRequest.newBuilder(service.resolve("/api/v1/events"))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "text/event-stream")
                    .build();
            HttpResponse<InputStream> stream =
                    HttpClient.newHttpClient().send(listening, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> text(stream.body()));

            String end = revoked
                    ? "/api/v1/tokens/"
                            + call(bearer(token)).get("/api/v1/whoami").path("token")
                    : "/api/v1/grants?subject=" + name + "&duty=VIEWER&scope=team/" + own;
            assertThat(Api.call().delete(end).statusCode()).isEqualTo(204);

            assertThat(heard.get(90, TimeUnit.SECONDS)).contains("events after").doesNotContain(other);
        }
    }

    @Test
    void a_narrowed_token_does_less_than_its_owner_may() {
        give("SUBMITTER", "team/" + own);
        RequestSpecification reads = bearer(token("READ_ONLY"));
        RequestSpecification cancels = bearer(token("CANCEL_ONLY"));

        assertThat(call(reads).get(Api.JOBS + "/{job}", own, ownJob).statusCode())
                .isEqualTo(200);
        assertThat(call(reads).post(Api.JOBS + "/{job}:cancel", own, ownJob).statusCode())
                .isEqualTo(403);
        assertThat(call(cancels).post(Api.JOBS + "/{job}:suspend", own, ownJob).statusCode())
                .isEqualTo(403);
        assertThat(call(cancels).post(Api.JOBS + "/{job}:cancel", own, ownJob).statusCode())
                .isEqualTo(200);
        assertThat(call(cancels)
                        .body("{\"label\":\"more\"}")
                        .post("/api/v1/tokens")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_team_admin_says_who_may_in_the_team_and_nowhere_else() {
        RequestSpecification tess = with("TEAM_ADMIN", "team/" + own);

        assertThat(grant(tess, "bob", "SUBMITTER", "team/" + own)).isEqualTo(201);
        assertThat(grant(tess, "bob", "SUBMITTER", "team/" + own)).isEqualTo(200);
        for (Map.Entry<String, String> more : List.of(
                Map.entry("SUBMITTER", "team/" + other),
                Map.entry("TEAM_ADMIN", "*"),
                Map.entry("OPERATOR", "*"),
                Map.entry("AUDITOR", "*"),
                Map.entry("VIEWER", "queue/" + own),
                Map.entry("QUOTA_ADMIN", "queue/" + own))) {
            assertThat(grant(tess, name, more.getKey(), more.getValue()))
                    .as(more.toString())
                    .isEqualTo(403);
        }
        assertThat(call(tess).get("/api/v1/grants").<List<String>>path("items.scope"))
                .containsOnly("team/" + own);
        assertThat(call(tess)
                        .body("{\"label\":\"x\",\"subject\":\"bob\"}")
                        .post("/api/v1/tokens")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(tess).body("{\"label\":\"x\"}").post("/api/v1/tokens").<String>path("subject"))
                .isEqualTo(name);
    }

    @Test
    void what_a_token_is_asked_for_wrongly_is_said() {
        for (String bad : List.of(
                "{'label':'x'}",
                "{'subject':'ana'}",
                "{'label':'x','subject':'operator'}",
                "{'label':'x','subject':'ana','narrowing':'SOME'}",
                "{'label':'x','subject':'ana','lifetimeDays':0}",
                "{'label':'x','subject':'ana','lifetimeDays':367}")) {
            assertThat(Api.call().body(Api.quoted(bad)).post("/api/v1/tokens").statusCode())
                    .as(bad)
                    .isEqualTo(422);
        }
        for (String bad : List.of("muster_", "muster_" + "x".repeat(43), "muster_" + "x".repeat(5_000), "", "Bearer")) {
            assertThat(given().header("Authorization", "Bearer " + bad)
                            .get("/api/v1/pools")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(401);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestSpecification with(String duty, String scope) {
        give(duty, scope);
        return bearer(token("NONE"));
    }

    private void give(String duty, String scope) {
        assertThat(grant(Api.call(), name, duty, scope)).isEqualTo(201);
    }

    private static int grant(RequestSpecification by, String subject, String duty, String scope) {
        return call(by).body(Api.quoted("{'subject':'%s','duty':'%s','scope':'%s'}".formatted(subject, duty, scope)))
                .post("/api/v1/grants")
                .statusCode();
    }

    private String token(String narrowing) {
        return Api.call()
                .body(Api.quoted("{'label':'test','subject':'%s','narrowing':'%s'}".formatted(name, narrowing)))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    /** A call of its own: a specification collects what it was given. */
    private static RequestSpecification call(RequestSpecification who) {
        return given().spec(who);
    }

    private static int put(RequestSpecification who, String path, String json) {
        return call(who)
                .header("If-Match", "*")
                .body(Api.quoted(json))
                .put("/api/v1/" + path)
                .statusCode();
    }

    private static String schedule(String team) {
        return "{'spec':{'cron':'0 3 * * *','team':'%s','job':%s}}"
                .formatted(team, "{'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}");
    }

    private static void same(Response hidden, Response missing, String hiddenName, String missingName) {
        assertThat(hidden.statusCode())
                .as(hidden.asString())
                .isEqualTo(missing.statusCode())
                .isIn(404, 403);
        assertThat(hidden.asString().replaceAll("\"traceId\":\"\\w+\"", "").replace(hiddenName, missingName))
                .isEqualTo(missing.asString().replaceAll("\"traceId\":\"\\w+\"", ""));
    }
}
