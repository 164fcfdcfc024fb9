package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happened can be had line by line; the command's own tests show that it can happen again. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class RecordingTest {
    private static final String PATH = "/api/v1/recording";
    private static final String GANG =
            "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'%s'}},"
                    + "'spec':{'maxRunTime':'900s','roles':[{'name':'worker','count':%d,'resources':{'cpu':'1','memory':'1Gi'}}]}}";

    @Test
    void jobs_their_run_times_and_the_nodes_that_there_were_are_told_in_the_order_of_time() throws Exception {
        Instant began = now();
        Api.create("pools/recorded", "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi'}}}");
        Api.create("queues/recorded", "{'spec':{'deserved':{'cpu':'4'}}}");
        Api.create("teams/recorded", "{'spec':{'queue':'recorded'}}");
        Api.submit("recorded", GANG.formatted("first", "600s", 6)).then().statusCode(201);
        Api.submit("recorded", GANG.formatted("second", "60s", 8)).then().statusCode(201);
        run();

        List<JsonNode> lines = lines(began.toString(), now().plusSeconds(1).toString());

        JsonNode head = lines.get(0);
        assertThat(head.path("kind").asText()).isEqualTo("Recording");
        assertThat(head.path("scenario").asText()).contains("recorded:", "nodes: 2");
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("kind").asText()).isEqualTo("Supply");
            assertThat(line.path("pool").asText()).isEqualTo("recorded");
            assertThat(line.path("nodes").asInt()).isEqualTo(2);
        });
        List<JsonNode> jobs = lines.stream()
                .filter(line -> line.path("queue").asText().equals("recorded"))
                .toList();
        assertThat(jobs).extracting(job -> job.path("state").asText()).containsExactly("SUCCEEDED", "SUCCEEDED");
        assertThat(jobs).extracting(job -> job.path("seconds").asDouble()).containsExactly(600.0, 60.0);
        assertThat(jobs.get(0).path("toldSeconds").asDouble()).isEqualTo(900);
        JsonNode role = jobs.get(0).path("roles").path(0);
        assertThat(role.path("minimum").asInt()).isEqualTo(6);
        assertThat(role.path("requests").path("cpu").asLong()).isEqualTo(1_000);
        assertThat(role.path("pools").toString()).contains("\"recorded\"");
    }

    @Test
    void a_span_that_is_none_is_refused() {
        Api.call().get(PATH + "?from=yesterday").then().statusCode(400).body("detail", containsString("yesterday"));
        Api.call()
                .get(PATH + "?from=2026-01-05T09:00:00Z&to=2026-01-05T09:00:00Z")
                .then()
                .statusCode(400)
                .body("detail", containsString("a time before 2026-01-05T09:00:00Z"));
    }

    @Test
    void without_a_token_nobody_sees_it() {
        RestAssured.given().get(PATH).then().statusCode(401);
    }

    private static List<JsonNode> lines(String from, String to) throws Exception {
        Response answer = Api.call().accept("*/*").get(PATH + "?from=" + from + "&to=" + to);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/x-ndjson");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.asString().strip().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static Instant now() {
        return Instant.parse(Api.call().get("/api/v1/clock").path("now"));
    }

    private static void run() {
        Api.call().urlEncodingEnabled(false).body(Api.quoted("{}")).post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
