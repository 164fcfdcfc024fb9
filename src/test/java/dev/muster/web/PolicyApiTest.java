package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PolicyApiTest {
    private static final String POLICY = "/api/v1/policy";

    @AfterEach
    void back_to_the_standard() {
        apply("{'spec':{}}", "*", "the test is over").then().statusCode(200);
    }

    @Test
    void a_revision_is_applied_shown_compared_and_rolled_back() {
        apply("{'spec':{'backfill':{'depth':4},'maxLaunches':50}}", "*", "more order")
                .then()
                .statusCode(200)
                .body("status.effective['backfill.depth']", equalTo("4"))
                .body("status.effective['aging.most']", equalTo("0"))
                .body("status.why", equalTo("more order"));
        Response current = Api.call().get(POLICY);
        int revision = current.path("status.revision");
        assertThat(current.header("ETag")).isEqualTo("\"" + revision + "\"");
        Api.call()
                .urlEncodingEnabled(false)
                .body(Api.quoted("{'spec':{'maxLaunches':50}}"))
                .post(POLICY + ":diff")
                .then()
                .statusCode(200)
                .body("changes.size()", equalTo(1))
                .body("changes[0].path", equalTo("backfill.depth"))
                .body("changes[0].to", equalTo("1"));
        apply("{'spec':{'maxLaunches':60}}", "\"" + revision + "\"", "less")
                .then()
                .statusCode(200);
        Api.call()
                .urlEncodingEnabled(false)
                .header("If-Match", "\"" + (revision + 1) + "\"")
                .body(Api.quoted("{'revision':%d,'why':'that was worse'}".formatted(revision)))
                .post(POLICY + ":rollback")
                .then()
                .statusCode(200)
                .body("status.revision", equalTo(revision + 2))
                .body("spec.maxLaunches", equalTo("50"));
        Api.call()
                .get(POLICY + "/revisions")
                .then()
                .statusCode(200)
                .body("items.status.why", hasItem("that was worse"));
    }

    @Test
    void who_has_not_seen_the_last_revision_changes_nothing() {
        apply("{'spec':{'maxLaunches':50}}", "*", "a").then().statusCode(200);
        int revision = Api.call().get(POLICY).path("status.revision");
        apply("{'spec':{'maxLaunches':60}}", "\"" + (revision - 1) + "\"", "b")
                .then()
                .statusCode(412)
                .body("code", equalTo("ETAG_MISMATCH"));
        assertThat(Api.call().get(POLICY).<Integer>path("status.revision")).isEqualTo(revision);
    }

    @Test
    void a_try_changes_nothing() {
        int revision = Api.call().get(POLICY).path("status.revision");
        Api.call()
                .queryParam("why", "a try")
                .queryParam("validateOnly", "true")
                .body(Api.quoted("{'spec':{'maxLaunches':77}}"))
                .put(POLICY)
                .then()
                .statusCode(200)
                .body("status.effective.maxLaunches", equalTo("77"));
        assertThat(Api.call().get(POLICY).<Integer>path("status.revision")).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'spec':{'maxLaunches':0}}                    | /spec/maxLaunches        | 1 to 100000
            {'spec':{'maxLaunches':'lots'}}               | /spec/maxLaunches        | whole number
            {'spec':{'eviction':{'preemt':true}}}         | /spec/eviction/preemt    | no field 'eviction.preemt'
            {'spec':{'eviction':{'minRunTime':'10'}}}     | /spec/eviction/minRunTime | length of time
            {'spec':{'eviction':true}}                    | /spec/eviction           | no field 'eviction'
            {'spec':{'maxLaunches':{'a':1}}}              | /spec/maxLaunches/a      | no field
            {'spec':{'maxLaunches':[1]}}                  | /spec/maxLaunches        | whole number
            {'kind':'Queue','spec':{}}                    | /kind                    | Policy
            """)
    void a_bad_policy_is_refused_by_field_and_nothing_is_applied(String body, String pointer, String said) {
        int revision = Api.call().get(POLICY).path("status.revision");
        apply(body, "*", "a mistake")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(400, 422))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(said));
        assertThat(Api.call().get(POLICY).<Integer>path("status.revision")).isEqualTo(revision);
    }

    @Test
    void a_revision_without_a_reason_is_refused() {
        Api.call()
                .body(Api.quoted("{'spec':{'maxLaunches':9}}"))
                .put(POLICY)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/why"));
    }

    @Test
    void a_queue_is_paused_once_and_resumed_once() {
        String team = Api.newTeam();
        String pause = "{'queue':'%s','why':'moving racks'}".formatted(team);
        Api.call().body(Api.quoted(pause)).post("/api/v1/pauses").then().statusCode(201);
        Api.call().body(Api.quoted(pause)).post("/api/v1/pauses").then().statusCode(409);
        Api.call().get("/api/v1/pauses").then().statusCode(200).body("items.queue", hasItem(team));
        Api.call().delete("/api/v1/pauses/" + team).then().statusCode(204);
        Api.call().delete("/api/v1/pauses/" + team).then().statusCode(404);
    }

    @Test
    void a_pause_of_a_queue_that_is_not_there_is_refused() {
        Api.call()
                .body(Api.quoted("{'queue':'nowhere','why':'x'}"))
                .post("/api/v1/pauses")
                .then()
                .statusCode(404);
    }

    private static Response apply(String body, String ifMatch, String why) {
        return Api.call()
                .header("If-Match", ifMatch)
                .queryParam("why", why)
                .body(Api.quoted(body))
                .put(POLICY);
    }
}
