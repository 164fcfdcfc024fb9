package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom is told with the numbers of the last plan's ledger; of queues that the caller may not see there is a sum and no name. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class WaitsServedTest {
    private static final String SEAT = "example.com/bench";
    private static final String GANG =
            "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'600s'}},"
                    + "'spec':{'maxRunTime':'900s','roles':[{'name':'worker','count':%d,'resources':{'cpu':'100m','%s':'1'}}]}}";

    @BeforeEach
    void one_holds_what_the_other_deserves() {
        Api.create(
                "pools/waits", "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi','%s':'4'}}}".formatted(SEAT));
        Api.create("queues/waits", "{'spec':{'deserved':{'%s':'8'}}}".formatted(SEAT));
        for (String name : List.of("waits-owner", "waits-greedy")) {
            Api.create(
                    "queues/" + name,
                    "{'spec':{'parent':'waits','deserved':{'%s':'%d'}}}"
                            .formatted(SEAT, name.endsWith("owner") ? 6 : 2));
            Api.create("teams/" + name, "{'spec':{'queue':'%s'}}".formatted(name));
        }
        Api.submit("waits-greedy", GANG.formatted("holds", 7, SEAT)).then().statusCode(201);
        run("5");
        Api.submit("waits-owner", GANG.formatted("waits", 4, SEAT)).then().statusCode(201);
        Api.submit("waits-owner", GANG.formatted("waits-too", 3, SEAT)).then().statusCode(201);
        run("10");
    }

    @AfterEach
    void nothing_waits_any_more() {
        run("");
    }

    @Test
    void the_numbers_are_those_that_the_queues_have() {
        Map<String, Object> line = line(Api.call().get("/api/v1/waits?queue=waits"));

        assertThat(line)
                .containsEntry("queue", "waits-owner")
                .containsEntry("gangs", 2)
                .containsEntry("asked", "4")
                .containsEntry("askedByAll", "7")
                .containsEntry("free", "1");
        assertThat(line.get("first")).isNotNull();
        Map<String, Object> holder = holders(line).get(0);
        assertThat(holder).containsEntry("queue", "waits-greedy");
        assertThat(share(holder))
                .containsEntry(
                        "used", Api.call().get("/api/v1/queues/waits-greedy").path("status.used.'" + SEAT + "'"))
                .containsEntry("used", "7")
                .containsEntry("deserved", "2")
                .containsEntry("borrowed", "5");
        assertThat(Api.call().get("/api/v1/waits?queue=waits-greedy").<List<?>>path("items"))
                .isEmpty();
        assertThat(Api.call().get("/api/v1/waits?queue=nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_shows_it_with_links_to_the_lists() {
        String page = given().header("Authorization", "Bearer " + Api.token())
                .accept("text/html")
                .get("/ui/waits?queue=waits")
                .asString();

        assertThat(page)
                .contains(
                        "waits-owner</a> lacks bench",
                        "href=\"/ui/jobs?state=QUEUED&amp;queue=waits-owner&amp;reason=",
                        "href=\"/ui/jobs?state=RUNNING&amp;queue=waits-greedy\">7</a>",
                        "<span class=\"lent\">5</span>");
    }

    @Test
    void who_sees_only_one_queue_sees_what_the_others_hold_as_one_sum() {
        String token = Api.tokenOf("waits-viewer", "VIEWER", "team/waits-owner");

        Response seen = as(token).get("/api/v1/waits");

        assertThat(seen.asString()).doesNotContain("greedy");
        Map<String, Object> line = line(seen);
        assertThat(line).doesNotContainKey("first");
        assertThat(holders(line).get(0)).doesNotContainKey("queue").containsEntry("queues", 1);
        assertThat(share(holders(line).get(0))).containsEntry("used", "7").containsEntry("borrowed", "5");
        assertThat(as(token).get("/api/v1/waits?queue=waits-greedy").statusCode())
                .isEqualTo(404);
        assertThat(as(token).accept("text/html").get("/ui/waits").asString())
                .contains("another queue", "waits-owner")
                .doesNotContain("greedy");
        assertThat(as(Api.tokenOf("waits-other", "VIEWER", "team/waits-greedy"))
                        .get("/api/v1/waits")
                        .<List<?>>path("items"))
                .isEmpty();
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Map<String, Object> line(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        List<Map<String, Object>> lines = answer.path("items.findAll { it.resource == '" + SEAT + "' }");
        assertThat(lines).as(answer.asString()).hasSize(1);
        return lines.get(0);
    }

    @SuppressWarnings("unchecked") // what the answer is made of
    private static List<Map<String, Object>> holders(Map<String, Object> line) {
        return (List<Map<String, Object>>) line.get("holders");
    }

    @SuppressWarnings("unchecked") // what the answer is made of
    private static Map<String, Object> share(Map<String, Object> holder) {
        return (Map<String, Object>) holder.get("share");
    }

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
