package dev.muster.cycle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.access.Token;
import dev.muster.job.Job;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.QueueStore;
import dev.muster.quota.name.QueueName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of the same with 20 and with 160 executors, as a simulated workload on the virtual clock, and what is told of them. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class ScalingTest {
    @Inject
    Site site;

    @Inject
    JobStore jobs;

    @Inject
    QueueStore queues;

    @BeforeEach
    void twenty_nodes_with_eight_cpus_each() {
        site.pool("cpu", 20, 8);
        site.queue("all");
    }

    @Test
    void twenty_executors_take_45_minutes_and_160_take_12() throws IOException {
        String begin = site.now().toString();
        for (int run = 1; run <= 3; run++) {
            ran("scaled-" + run, 20, 44 + run - 1);
            ran("scaled-" + (run + 3), 160, 12);
        }
        site.submit(Work.gang("scaled-else", 4));
        site.run();

        JsonPath curve = told("name=scaled-2&from=" + begin);
        assertThat(curve.getString("name")).isEqualTo("scaled");
        assertThat(curve.getList("points.pods", Integer.class)).containsExactly(20, 160);
        assertThat(curve.getList("points.runs", Integer.class)).containsExactly(3, 3);
        assertThat(curve.getDouble("points[0].medianSeconds")).isCloseTo(45 * 60, within(5.0));
        assertThat(curve.getDouble("points[1].medianSeconds")).isCloseTo(12 * 60, within(5.0));
        assertThat(curve.getDouble("points[1].speedup")).isCloseTo(3.75, within(0.03));
        assertThat(curve.getDouble("points[1].efficiency")).isCloseTo(3.75 / 8, within(0.01));

        call().get("/ui/scaling?team=vision&name=scaled")
                .then()
                .statusCode(200)
                .body(org.hamcrest.Matchers.containsString("20 pods take 45m"));
    }

    @Test
    void runs_whose_jobs_were_deleted_count_and_pods_that_grew_count_for_their_time() throws IOException {
        String begin = site.now().toString();
        site.queue("grower", 8);
        Job grown = site.submit(Work.elastic("grows-1", 2, 6).in("grower"));
        site.runFor(Duration.ofMinutes(10));
        assertThat(site.attempts(grown).get(0).size()).isEqualTo(6);
        site.run();
        Job gone = ran("grows-2", 2, 30);
        assertThat(jobs.delete(site.job(gone), site.now(), "ada")).isTrue();
        // What ended this very moment is of the next period.
        ran("grows-later", 1, 1);

        JsonPath curve = told("name=grows&from=" + begin);
        assertThat(curve.getList("points.pods", Integer.class)).containsExactly(2, 6);
        queues.delete(new QueueName("grower"), OptionalLong.empty(), "ada", site.now());
    }

    @Test
    void a_mistake_is_said_and_of_what_never_ran_there_is_no_point() throws IOException {
        assertThat(told("name=never").getList("points")).isEqualTo(List.of());
        for (String bad : List.of("name=", "name=%20", "name=x&from=yesterday", "name=x&pods=3")) {
            call().get("/api/v1/teams/vision/scaling?" + bad).then().statusCode(400);
        }
        given().get("/api/v1/teams/vision/scaling?name=x").then().statusCode(401);
        call().get("/ui/scaling?team=vision").then().statusCode(404);
    }

    private Job ran(String name, int pods, int minutes) {
        Job job = site.submit(Work.gang(name, pods).runningFor(Duration.ofMinutes(minutes)));
        site.run();
        return job;
    }

    private static JsonPath told(String query) throws IOException {
        return call().get("/api/v1/teams/vision/scaling?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static RequestSpecification call() throws IOException {
        String data = ConfigProvider.getConfig().getValue("muster.data", String.class);
        return given().header(
                        "Authorization",
                        "Bearer " + Files.readString(Path.of(data, Token.FILE)).strip());
    }
}
