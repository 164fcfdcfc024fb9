package dev.muster.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The life of a queue over REST, from its creation to its end: moved, drained, deleted. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class QueueLifeTest {
    @Test
    void a_queue_is_made_moved_drained_and_deleted_and_its_jobs_go_with_it() {
        String pool = "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi'}}}";
        Api.create("pools/cpu", pool);
        Api.put("pools/cpu", pool);
        Api.create("queues/life-home", "{'spec':{}}").then().statusCode(201);
        Api.create("queues/life-other", "{'spec':{'capability':{'cpu':'2'}}}")
                .then()
                .statusCode(201);
        Api.create("queues/life", "{'spec':{'parent':'life-home'}}").then().statusCode(201);
        Api.create("queues/life-rest", "{'spec':{}}").then().statusCode(201);
        Api.create("teams/lively", "{'spec':{'queue':'life-rest'}}").then().statusCode(201);
        String runs = job("runs", 2);
        run("5");
        state(runs, "RUNNING");

        // It is moved below a parent that may hold no more than what runs: that counts, and what waits is held by it.
        Api.put("queues/life", "{'spec':{'parent':'life-other'}}").then().statusCode(200);
        String waits = job("waits", 1);
        run("5");
        state(runs, "RUNNING");
        Api.call().get("/api/v1/queues/life-other").then().body("status.used.cpu", equalTo("2"));
        explanation(waits, "CAPABILITY_REACHED");

        Api.put("queues/life", "{'spec':{'parent':'life-other','state':'DRAINING'}}")
                .then()
                .statusCode(200);
        Api.submit("lively", spec("late", 1)).then().statusCode(422);
        Api.call()
                .header("If-Match", "*")
                .delete("/api/v1/queues/life")
                .then()
                .statusCode(409)
                .body("code", equalTo("IN_USE"));
        run("5");
        explanation(waits, "QUEUE_CLOSED");
        Api.call().post("/api/v1/teams/lively/jobs/" + waits + ":cancel").then().statusCode(200);
        run("");
        state(runs, "SUCCEEDED");

        Api.call().header("If-Match", "*").delete("/api/v1/queues/life").then().statusCode(oneOf(200, 204));
        Api.call().get("/api/v1/queues/life").then().statusCode(404);
        Api.submit("lively", spec("late", 1))
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("no queue 'life'"));
    }

    private static String job(String name, int pods) {
        return Api.submit("lively", spec(name, pods))
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
    }

    private static String spec(String name, int pods) {
        return ("{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'600s'}},"
                        + "'spec':{'queue':'life','roles':[{'name':'worker','count':%d,'resources':{'cpu':'1'}}]}}")
                .formatted(name, pods);
    }

    private static void state(String job, String state) {
        Api.call().get("/api/v1/teams/lively/jobs/" + job).then().body("status.state", equalTo(state));
    }

    private static void explanation(String job, String code) {
        Api.call()
                .get("/api/v1/teams/lively/jobs/" + job + "/explanation")
                .then()
                .body("reason.code", equalTo(code));
    }

    /** Lets the virtual time run, so many seconds or to the end. */
    private static void run(String seconds) {
        String until = seconds.isEmpty()
                ? "{}"
                : "{'until':'%s'}"
                        .formatted(Instant.parse(Api.call().get("/api/v1/clock").path("now"))
                                .plusSeconds(Long.parseLong(seconds)));
        Api.call().urlEncodingEnabled(false).body(Api.quoted(until)).post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
