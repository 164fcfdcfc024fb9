package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cycle.Board;
import dev.muster.quota.scenario.ScenarioText;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the planner looked at can be had as a scenario; the command's own tests show that such a file is read as it was. */
@QuarkusTest
class PlannerSnapshotTest {
    private static final String PATH = "/api/v1/planner/snapshot";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    Board board;

    @Test
    void it_is_what_the_last_plan_was_made_of() {
        String team = Api.newTeam();
        String id = Api.submit(
                        team,
                        "{'metadata':{'name':'wide'},'spec':{'roles':[%s]}}"
                                .formatted("{'name':'worker','count':24,'resources':{'cpu':'8','memory':'1Gi'}}"))
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
        await().atMost(LIMIT).until(() -> board.view().isPresent());
        await().atMost(LIMIT).untilAsserted(() -> {
            Board.View view = board.view().orElseThrow();
            Response answer = Api.call().accept("*/*").get(PATH);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("application/yaml;charset=UTF-8");
            assertThat(answer.asString())
                    .isEqualTo(ScenarioText.of(
                            "what the planner looked at, at " + view.snapshot().now(),
                            view.snapshot(),
                            view.pauses().all()))
                    .contains(id, team);
        });
    }

    @Test
    void without_a_token_nobody_sees_it() {
        io.restassured.RestAssured.given().get(PATH).then().statusCode(401);
    }
}
