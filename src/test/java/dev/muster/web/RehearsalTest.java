package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The recorded load once more under another policy: computed in the background, one at a time, told side by side. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class RehearsalTest {
    private static final String PATH = "/api/v1/policy/rehearsals";
    private static final String GANG =
            "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'%s'}},"
                    + "'spec':{'priorityClass':'%s','roles':[{'name':'worker','count':%d,'resources':{'cpu':'1','memory':'1Gi'},"
                    + "'nodeAffinity':{'required':[{'matchExpressions':[{'key':'muster.dev/pool','operator':'In','values':['rehearsed']}]}]}}]}}";

    @Test
    void a_policy_that_lets_the_urgent_in_is_told_beside_the_one_that_did_not() {
        Instant began = now();
        Api.create("pools/rehearsed", "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi'}}}");
        Api.create("queues/rehearsed", "{'spec':{'deserved':{'cpu':'8'}}}");
        Api.create("teams/rehearsed", "{'spec':{'queue':'rehearsed'}}");
        apply("{'spec':{'eviction':{'preempt':'false'}}}");
        try {
            Api.submit("rehearsed", GANG.formatted("long", "7200s", "routine", 8))
                    .then()
                    .statusCode(201);
            run("{'until':'%s'}".formatted(now().plusSeconds(600)));
            Api.submit("rehearsed", GANG.formatted("urgent", "60s", "rush", 8))
                    .then()
                    .statusCode(201);
            run("{}");
            Response asked = ask(
                    "?from=%s&to=%s".formatted(began, now().plusSeconds(1)),
                    "{'spec':{'eviction':{'preempt':'true','minRunTime':'0s'}}}");
            assertThat(asked.statusCode()).isEqualTo(202);
            String id = asked.path("id");
            Response done = done(id);
            assertThat(done.<String>path("state")).as(done.asString()).isEqualTo("DONE");
            assertThat(done.<List<String>>path("changes.path")).contains("eviction.preempt");
            assertThat(done.<Number>path("inForce.figures.evictions").doubleValue())
                    .isZero();
            assertThat(done.<Number>path("tried.figures.evictions").doubleValue())
                    .isEqualTo(1);
            assertThat(done.<Number>path("tried.figures.done").doubleValue())
                    .as("both, and whatever else ran then")
                    .isGreaterThanOrEqualTo(2)
                    .isEqualTo(done.<Number>path("tried.figures.jobs").doubleValue());
            assertThat(wait(done, "inForce")).isGreaterThan(1.7);
            assertThat(wait(done, "tried")).isLessThan(0.1);
            Api.call().get(PATH).then().statusCode(200).body("items.id", hasItem(id));
            Api.call()
                    .delete(PATH + "/" + id)
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("is DONE: cancel is not possible"));
        } finally {
            apply("{'spec':{}}");
        }
    }

    @Test
    void where_nothing_ran_it_says_so_and_leaves_the_place_to_the_next() {
        // A service that has never planned knows no cluster yet, and lets it wait.
        Api.create("pools/idle", "{'spec':{'nodes':1,'resources':{'cpu':'4','memory':'16Gi'}}}");
        run("{}");
        String id = ask("?from=2020-01-01&to=2020-01-02", "{'spec':{'maxLaunches':7}}")
                .path("id");
        Response done = done(id);
        assertThat(done.<String>path("state")).isEqualTo("FAILED");
        assertThat(done.<String>path("trouble")).containsAnyOf("No job ran between 2020-01-01", "has no node");
    }

    @Test
    void what_cannot_be_meant_is_refused_and_nothing_waits() {
        ask("", "{'spec':{'evictoin':{'preempt':'true'}}}")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
        ask("?from=2020-01-01&to=2020-12-01", "{'spec':{}}")
                .then()
                .statusCode(400)
                .body("detail", containsString("at most 31 days"));
        Api.call()
                .get(PATH + "/r-000000000000")
                .then()
                .statusCode(404)
                .body("detail", containsString("r-000000000000"));
        Api.call().get(PATH).then().body("items.findAll { it.state == 'WAITING' }.size()", equalTo(0));
    }

    private static double wait(Response done, String side) {
        List<Map<String, Object>> waits = done.path(side + ".waits");
        return ((Number) waits.get(0).get("p95")).doubleValue();
    }

    private static Response ask(String query, String policy) {
        return Api.call().body(Api.quoted(policy)).post(PATH + query);
    }

    private static Response done(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> Api.call().get(PATH + "/" + id), answer -> !List.of("WAITING", "RUNNING")
                        .contains(answer.<String>path("state")));
    }

    private static void apply(String policy) {
        Api.call()
                .header("If-Match", "*")
                .body(Api.quoted(policy))
                .put("/api/v1/policy?why=a+test")
                .then()
                .statusCode(200);
    }

    private static Instant now() {
        return Instant.parse(Api.call().get("/api/v1/clock").path("now"));
    }

    private static void run(String until) {
        Api.call().urlEncodingEnabled(false).body(Api.quoted(until)).post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
