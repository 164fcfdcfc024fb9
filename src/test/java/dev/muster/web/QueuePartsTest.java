package dev.muster.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a queue may say goes over the wire and back, and what is shown is what the planner used. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class QueuePartsTest {
    private static final String PARTS = "{'spec':{'parent':'top','guarantee':{'cpu':'1'},'deserved':{'cpu':'4'},"
            + "'capability':{'cpu':'6'},'weights':{'cpu':3},'fence':true,"
            + "'limits':[{'eachUser':true,'jobs':5,'launchesPerMinute':60},{'priorityClass':'rush','resources':{'cpu':'2'}}],"
            + "'pools':{'cpu':{'deserved':{'cpu':'4'},'capability':{'cpu':'5'},'weights':{'cpu':7}}}}}";

    @BeforeEach
    void a_tree_a_team_and_eight_cpus() {
        String pool = "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi'}}}";
        Api.create("pools/cpu", pool);
        Api.put("pools/cpu", pool);
        Api.create("queues/top", "{'spec':{'guarantee':{'cpu':'1'},'deserved':{'cpu':'4'}}}");
        Api.create("queues/leaf", PARTS).then().statusCode(oneOf(200, 201, 412));
        Api.create("teams/parts", "{'spec':{'queue':'leaf'}}");
    }

    @AfterEach
    void nothing_waits_any_more() {
        run("");
    }

    @Test
    void what_a_queue_says_comes_back_and_what_is_in_force_is_beside_it() {
        run("");
        Api.call()
                .get("/api/v1/queues/leaf")
                .then()
                .statusCode(200)
                .body("spec.weights.cpu", equalTo(3))
                .body("spec.fence", equalTo(true))
                .body("spec.limits[0].launchesPerMinute", equalTo(60))
                .body("spec.limits[1].resources.cpu", equalTo("2"))
                .body("spec.pools.cpu.capability.cpu", equalTo("5"))
                .body("status.inForce.amounts.capability.cpu", equalTo("6"))
                .body("status.inForce.pools.cpu.capability.cpu", equalTo("5"))
                .body("status.inForce.amounts.bookable.cpu", equalTo("6"))
                .body("status.inForce.weights.cpu", equalTo(3))
                .body("spec.pools.cpu.weights.cpu", equalTo(7))
                .body("status.inForce.weights.'cpu.cpu'", equalTo(7))
                .body("status.inForce.fence", equalTo("leaf"));
    }

    @Test
    void a_change_that_is_only_tried_says_which_jobs_it_would_hit_and_changes_nothing() {
        Response first = Api.submit(
                "parts",
                "{'metadata':{'name':'first','annotations':{'simulation.muster.dev/run-time':'600s'}},"
                        + "'spec':{'maxRunTime':'600s','roles':[{'name':'worker','count':4,'resources':{'cpu':'1'}}]}}");
        first.then().statusCode(201);
        String second = Api.submit(
                        "parts",
                        "{'metadata':{'name':'second','annotations':{'simulation.muster.dev/run-time':'1s'}},"
                                + "'spec':{'roles':[{'name':'worker','count':3,'resources':{'cpu':'1'}}]}}")
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
        run("10");
        Api.call()
                .get("/api/v1/teams/parts/jobs/" + second + "/explanation")
                .then()
                .statusCode(200)
                .body("place.inQueue", equalTo(1))
                .body("place.priority", equalTo(2))
                .body("place.priorityClass", equalTo(2))
                .body("place.shares[1].queue", equalTo("leaf"))
                .body("expectedStart.earliest", notNullValue())
                .body("expectedStart.assumptions.size()", greaterThan(1));
        String starts =
                "items.find { it.metadata.name == 'second' && it.status.state == 'QUEUED' }.status.expectedStart";
        Api.call()
                .get("/api/v1/teams/parts/jobs")
                .then()
                .statusCode(200)
                .body(starts + ".earliest", notNullValue())
                .body(starts + ".assumptions.size()", greaterThan(1));
        Api.call()
                .queryParam("validateOnly", "true")
                .header("If-Match", "*")
                .body(Api.quoted("{'spec':{'parent':'top','capability':{'cpu':'2'}}}"))
                .put("/api/v1/queues/leaf")
                .then()
                .statusCode(200)
                .body("status.preview.affected", equalTo(1))
                .body("status.preview.effects[0].job", equalTo(second))
                .body("status.preview.effects[0].kind", equalTo("NEVER_RUNS"))
                .body("status.preview.effects[0].reason.message", containsString("leaf"))
                .body("status.preview.above[0].queue", equalTo("leaf"))
                .body("status.preview.above[0].used", equalTo("4"));
        Api.call().get("/api/v1/queues/leaf").then().body("spec.capability.cpu", equalTo("6"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'weights':{'cpu':0}}                              | /spec/weights/cpu          | 1 to
            {'limits':[{'jobs':3}]}                            | /spec/limits/0             | eachUser
            {'limits':[{'eachUser':true,'jobs':-1}]}           | /spec/limits/0/jobs        | 0 to
            {'pools':{'cpu':{'deserved':{'cpu':'lots'}}}}      | /spec/pools/cpu/deserved/cpu | lots
            {'pools':{'cpu':{'weights':{'cpu':2}}}}            | /spec/pools/cpu/weights/cpu | deserved of cpu
            {'pools':{'Not a name':{}}}                        | /spec/pools/Not a name     | Not a name
            """)
    void a_mistake_is_said_at_its_place(String spec, String pointer, String said) {
        Api.call()
                .body(Api.quoted("{'spec':" + spec + "}"))
                .put("/api/v1/queues/wrong")
                .then()
                .statusCode(oneOf(400, 422))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(said));
        Api.call().get("/api/v1/queues/wrong").then().statusCode(404);
    }

    /** Lets the virtual time run, so many seconds or to the end. */
    private static void run(String seconds) {
        String until = seconds.isEmpty()
                ? "{}"
                : "{'until':'%s'}"
                        .formatted(java.time.Instant.parse(
                                        Api.call().get("/api/v1/clock").path("now"))
                                .plusSeconds(Long.parseLong(seconds)));
        Api.call().urlEncodingEnabled(false).body(Api.quoted(until)).post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
