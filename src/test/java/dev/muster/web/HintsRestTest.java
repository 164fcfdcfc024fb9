package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.muster.cycle.OnVirtualTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller tells the planner of a job beside what it asks: {@code oneZone} and {@code :checkpoint} over REST. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class HintsRestTest {
    private static final String JOB = Api.JOBS + "/{job}";

    private final List<String> teams = new ArrayList<>();

    /** Others let the clock run until nothing is to come. */
    @AfterEach
    void nothing_is_left_to_wait() {
        for (String team : teams) {
            Api.call()
                    .get(Api.JOBS + "?pageSize=100", team)
                    .jsonPath()
                    .getList("items.metadata.id", String.class)
                    .stream()
                    .forEach(id -> verb(team, id, "cancel"));
            assertThat(Api.call()
                            .get(Api.JOBS + "?pageSize=100", team)
                            .jsonPath()
                            .getList("items.status.state", String.class))
                    .doesNotContain("QUEUED", "LAUNCHING", "RUNNING");
        }
    }

    private String team() {
        String team = Api.newTeam();
        teams.add(team);
        return team;
    }

    @Test
    void a_job_in_one_zone_is_shown_so_when_it_is_read_changed_and_run_again() {
        String team = team();
        String id = Api.submit(team, waiting("'oneZone':true"))
                .then()
                .statusCode(201)
                .body("spec.oneZone", equalTo(true))
                .extract()
                .path("metadata.id");

        assertThat(read(team, id).<Boolean>path("spec.oneZone")).isTrue();
        Response changed = Api.call().body("{\"priorityClass\":\"urgent\"}").patch(JOB, team, id);
        assertThat(changed.<Boolean>path("spec.oneZone")).isTrue();
        verb(team, id, "cancel").then().statusCode(200);
        String again = verb(team, id, "rerun")
                .then()
                .statusCode(201)
                .body("spec.oneZone", equalTo(true))
                .extract()
                .path("metadata.id");
        assertThat(read(team, again).<Boolean>path("spec.oneZone")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'priorityClass':'routine'", "'oneZone':false", "'oneZone':null"})
    void a_job_anywhere_is_shown_without(String field) {
        String team = team();
        String id = Api.submit(team, waiting(field))
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");

        assertThat(read(team, id).<Object>path("spec.oneZone")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yes'", "'true'", "''", "1", "0", "1.5", "[]", "[true]", "{}"})
    void anything_but_true_or_false_is_refused_and_nothing_is_there(String value) {
        String team = team();

        Response refused = Api.submit(team, waiting("'oneZone':" + value));

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(400);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/oneZone");
        assertThat(refused.<String>path("errors[0].detail")).contains("true or false");
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void a_gang_that_no_zone_could_hold_is_refused_by_what_the_largest_fits() {
        String team = team();
        String zone = "z-" + team;
        Api.create(
                        "pools/" + zone,
                        "{'spec':{'nodes':2,'labels':{'topology.kubernetes.io/zone':'%s','only':'%s'},'resources':{'cpu':'4'}}}"
                                .formatted(zone, zone))
                .then()
                .statusCode(201);
        Api.create(
                        "pools/" + zone + "-b",
                        "{'spec':{'nodes':1,'labels':{'topology.kubernetes.io/zone':'%s-b','only':'%s'},'resources':{'cpu':'4'}}}"
                                .formatted(zone, zone))
                .then()
                .statusCode(201);
        String gang =
                "{'metadata':{'name':'wide'},'spec':{'oneZone':%s,'notBefore':'2150-01-01T00:00:00Z','roles':[{'name':'w','count':3,'resources':{'cpu':'4'},'nodeAffinity':{'required':[{'matchExpressions':[{'key':'only','operator':'In','values':['%s']}]}]}}]}}";

        Response refused = Api.submit(team, gang.formatted(true, zone));

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].detail")).contains("the largest zone", "fits 2");
        Api.submit(team, gang.formatted(false, zone)).then().statusCode(201);
    }

    @Test
    void a_running_job_tells_that_its_work_is_saved_and_four_times_at_once_is_once()
            throws InterruptedException, ExecutionException {
        String team = team();
        String other = team();
        String id = Api.submit(
                        team,
                        "{'metadata':{'name':'runs','annotations':{'simulation.muster.dev/run-time':'600s'}},'spec':{'roles':[{'name':'worker','count':1,'resources':{'cpu':'1'}}]}}")
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
        runForFiveSeconds();
        Response before = read(team, id);
        assertThat(before.<String>path("status.state")).isEqualTo("RUNNING");

        assertThat(verb(other, id, "checkpoint").statusCode()).isEqualTo(404);
        Response stale = Api.call().header("If-Match", "\"77\"").post(JOB + ":checkpoint", team, id);
        assertThat(stale.<String>path("code")).isEqualTo("ETAG_MISMATCH");
        assertThat(saved(team, id)).as("refused calls say nothing").isZero();

        for (Response told : fourAtOnce(() -> verb(team, id, "checkpoint"))) {
            assertThat(told.statusCode()).as(told.asString()).isEqualTo(200);
            assertThat(told.<String>path("metadata.id")).isEqualTo(id);
            assertThat(told.header("ETag")).as("nothing of the job changes").isEqualTo(before.header("ETag"));
        }
        assertThat(saved(team, id)).isEqualTo(1);
        verb(team, id, "cancel").then().statusCode(200);
        runForFiveSeconds();
    }

    @Test
    void a_job_that_does_not_run_has_nothing_to_save() {
        String team = team();
        String id =
                Api.submit(team, waiting("'oneZone':false")).then().extract().path("metadata.id");

        Response waits = verb(team, id, "checkpoint");
        assertThat(waits.statusCode()).isEqualTo(409);
        assertThat(waits.<String>path("code")).isEqualTo("INVALID_STATE");
        assertThat(waits.<String>path("detail")).contains("QUEUED");
        assertThat(waits.<String>path("hints[0]")).doesNotContain("checkpoint").contains("cancel");
        verb(team, id, "cancel");
        assertThat(verb(team, id, "checkpoint").statusCode()).isEqualTo(409);
        assertThat(verb(team, "01jd0000000000000000000000", "checkpoint").statusCode())
                .isEqualTo(404);
        assertThat(saved(team, id)).isZero();
    }

    private static List<Response> fourAtOnce(Callable<Response> call) throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Response> told = new ArrayList<>();
            for (Future<Response> each : callers.invokeAll(Collections.nCopies(4, call))) {
                told.add(each.get());
            }
            return told;
        } finally {
            callers.shutdownNow();
        }
    }

    private static String waiting(String field) {
        return Api.waiting("hinted").replace("'spec':{", "'spec':{" + field + ",");
    }

    private static Response read(String team, String id) {
        return Api.call().get(JOB, team, id);
    }

    private static Response verb(String team, String id, String verb) {
        return Api.call().post(JOB + ":" + verb, team, id);
    }

    private static long saved(String team, String id) {
        return Api.call().get(JOB + "/events", team, id).jsonPath().getList("items.type", String.class).stream()
                .filter("CHECKPOINTED"::equals)
                .count();
    }

    private static void runForFiveSeconds() {
        Instant until =
                Instant.parse(Api.call().get("/api/v1/clock").path("now")).plusSeconds(5);
        Api.call()
                .urlEncodingEnabled(false)
                .body("{\"until\":\"%s\"}".formatted(until))
                .post("/api/v1/clock:run");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(Api.call().get("/api/v1/clock").path("idle")));
    }
}
