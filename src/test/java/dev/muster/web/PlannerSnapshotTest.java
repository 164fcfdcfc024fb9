package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cycle.Board;
import dev.muster.cycle.OnVirtualTime;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.scenario.ScenarioText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the planner looked at can be had as a scenario; the command's own tests show that such a file is read as it was. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class PlannerSnapshotTest {
    private static final String PATH = "/api/v1/planner/snapshot";
    private static final String GANG =
            "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'%s'}},"
                    + "'spec':{'maxRunTime':'900s','roles':[{'name':'worker','count':%d,'resources':{'cpu':'1','example.com/seat':'1'}}]}}";

    @Inject
    Board board;

    @BeforeEach
    void one_that_runs_and_one_that_waits() {
        Api.create(
                "pools/snapshot",
                "{'spec':{'nodes':2,'resources':{'cpu':'4','memory':'16Gi','example.com/seat':'4'}}}");
        Api.create("queues/snapshot", "{'spec':{'deserved':{'cpu':'4'}}}");
        Api.create("teams/snapshot", "{'spec':{'queue':'snapshot'}}");
        Api.submit("snapshot", GANG.formatted("first", "600s", 6)).then().statusCode(201);
        Api.submit("snapshot", GANG.formatted("second", "1s", 8)).then().statusCode(201);
        run("10");
    }

    @AfterEach
    void nothing_waits_any_more() {
        run("");
    }

    @Test
    void it_is_what_the_last_plan_was_made_of_and_gives_the_plan_that_was_published() {
        Board.View view = board.view().orElseThrow();
        Snapshot snapshot = view.snapshot();

        Response answer = Api.call().accept("*/*").get(PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/yaml;charset=UTF-8");
        assertThat(answer.asString())
                .isEqualTo(ScenarioText.of(
                        "what the planner looked at, at " + snapshot.now(),
                        snapshot,
                        view.pauses().all()))
                .contains("queue: snapshot", "maxRunTime: 15m", "nodes: 2");
        assertThat(told(planned(view))).isNotEmpty().isEqualTo(told(view.plan()));
    }

    @Test
    void without_a_token_nobody_sees_it() {
        RestAssured.given().get(PATH).then().statusCode(401);
    }

    /** As {@code muster plan} does: afresh. */
    private static Plan planned(Board.View view) {
        Snapshot snapshot = view.snapshot();
        Map<JobId, QueueName> queues = new HashMap<>();
        snapshot.pending().forEach(job -> queues.put(job.id(), job.queue()));
        snapshot.live().forEach(attempt -> queues.put(attempt.id().job(), attempt.queue()));
        return view.pauses().withhold(new Planner().plan(snapshot), QueueTree.lenient(snapshot.queues()), queues::get);
    }

    private static List<Object> told(Plan plan) {
        return plan.decisions().stream()
                .<Object>map(decision -> decision instanceof Decision.Hold hold ? List.copyOf(hold.all()) : decision)
                .toList();
    }

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
