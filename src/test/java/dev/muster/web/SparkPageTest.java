package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spark's own page: shown by the service while the driver lives, to who may read the job; later by the history server. */
@QuarkusTest
class SparkPageTest {
    private static final String LINK = Api.JOBS + "/{id}/links/spark-ui";
    private static final String PI = "{'metadata':{'name':'pi'},'spec':{'spark':{'version':'3.5.6','type':'Python',"
            + "'mainApplicationFile':'local:///pi.py','executor':{'instances':2}}}}";

    @Inject
    JobStore jobs;

    @Test
    void one_address_leads_to_the_service_while_the_driver_may_answer_and_then_to_the_history_server() {
        String team = Api.newTeam();
        String id = Api.submit(team, PI).path("metadata.id");
        assertThat(follow(team, id).header("Location")).isEqualTo("https://history.example/");

        Job running = running(id);
        String page = follow(team, id).header("Location");
        assertThat(page).startsWith("/job-pages/" + id + ".").endsWith("/");
        Response list = Api.call().get(Api.JOBS + "/{id}/links", team, id);
        assertThat(list.<String>path("items.find { it.name == 'spark-ui' }.target"))
                .as("what is listed opens nothing by itself")
                .isEqualTo("/api/v1/teams/%s/jobs/%s/links/spark-ui".formatted(team, id));

        move(running, running.finished(JobState.SUCCEEDED, Instant.now(), Outcome.SUCCEEDED));
        assertThat(follow(team, id).header("Location")).isEqualTo("https://history.example/" + id + "-1");
        assertThat(open(page).header("Location"))
                .as("an open page goes on too")
                .isEqualTo("https://history.example/" + id + "-1");
    }

    @Test
    void where_no_driver_answers_a_page_of_ours_says_so_and_looks_again() {
        String team = Api.newTeam();
        String id = Api.submit(team, PI).path("metadata.id");
        running(id);

        Response page = open(follow(team, id).header("Location"));

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isEqualTo("5");
        assertThat(page.header("Content-Security-Policy")).doesNotContain("sandbox");
        assertThat(page.asString()).contains("The driver of pi shows no page yet");
    }

    @Test
    void nothing_but_the_ticket_opens_it_and_nothing_can_be_done_there() {
        String team = Api.newTeam();
        String id = Api.submit(team, PI).path("metadata.id");
        running(id);
        String page = follow(team, id).header("Location");

        String forged = page.replaceFirst("\\.\\d+\\.", ".9999999999.");
        assertThat(open(forged).statusCode()).isEqualTo(401);
        assertThat(open("/job-pages/" + id + "/").statusCode()).isEqualTo(401);
        assertThat(open(page + "jobs/job/kill/?id=1").statusCode()).isEqualTo(403);
        assertThat(open(page + "a/%2e%2e/b").statusCode()).isEqualTo(400);
        assertThat(open(page + "%2e%2e/%2e%2e/api/v1/pools").statusCode())
                .as("no page of a job any more")
                .isEqualTo(400);
        assertThat(foreign().post(page).statusCode()).isEqualTo(405);
        assertThat(given().redirects().follow(false).get(LINK, team, id).statusCode())
                .as("without a token")
                .isEqualTo(401);
    }

    @Test
    void scripts_of_a_page_may_load_its_own_parts_though_they_have_no_origin() {
        Response asked = foreign()
                .header("Access-Control-Request-Headers", "x-requested-with")
                .options("/job-pages/x/");

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(asked.header("Content-Security-Policy"))
                .startsWith("sandbox allow-scripts")
                .doesNotContain("same-origin");
        assertThat(foreign().get("/api/v1/pools").statusCode()).isEqualTo(403);
    }

    @Test
    void event_logs_go_where_the_operator_says_unless_the_application_says_something_of_them() {
        String team = Api.newTeam();
        Response accepted = Api.submit(team, PI);
        Response shown = Api.call().get(accepted.header("Location"));
        assertThat(shown.<Map<String, String>>path("spec.spark.conf"))
                .containsEntry("spark.eventLog.enabled", "true")
                .containsEntry("spark.eventLog.dir", "s3a://logs/events");
        assertThat(shown.<List<String>>path("spec.roles[0].command").toString())
                .contains("--conf spark.eventLog.dir=s3a://logs/events", "--conf \"spark.app.id=$MUSTER_ATTEMPT\"");
        Response origins = Api.call().get(accepted.header("Location") + "/origins");
        assertThat(origins.<String>path("values.find { it.pointer == '/spark/conf/spark.eventLog.dir' }.origin"))
                .isEqualTo("service");

        String own = PI.replace("'executor'", "'conf':{'spark.eventLog.enabled':'false'},'executor'");
        assertThat(Api.call()
                        .get(Api.submit(team, own).header("Location"))
                        .<Map<String, String>>path("spec.spark.conf"))
                .isEqualTo(Map.of("spark.eventLog.enabled", "false"));
    }

    /** As a browser asks for what a page without an origin loads. */
    private static RequestSpecification foreign() {
        return given().header("Origin", "null").header("Sec-Fetch-Site", "cross-site");
    }

    private static Response open(String path) {
        return foreign().urlEncodingEnabled(false).redirects().follow(false).get(path);
    }

    private static Response follow(String team, String id) {
        Response response = Api.call().redirects().follow(false).get(LINK, team, id);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(307);
        return response;
    }

    private Job running(String id) {
        Job job = jobs.find(new JobId(id)).orElseThrow();
        return move(move(job, job.launching()), job.launching().running(Instant.now()));
    }

    private Job move(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "test", Why.of("TEST", "a test moves it"))))
                .isTrue();
        return after;
    }
}
