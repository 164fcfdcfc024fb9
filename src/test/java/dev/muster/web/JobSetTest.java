package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.event.Why;
import dev.muster.job.Category;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that say the same set: how they stand as one, and that they are listed, followed and found by it, within their team. */
@QuarkusTest
class JobSetTest {
    private static final String SETS = "/api/v1/teams/{team}/jobSets";

    @Inject
    JobStore jobs;

    private String team = "";

    @BeforeEach
    void a_team_of_its_own() {
        team = Api.newTeam();
    }

    @Test
    void a_set_says_how_many_are_in_which_state_who_failed_first_and_when_it_was_over() {
        String well = submitted(team, "a", "nightly.2026-11-27");
        String second = submitted(team, "b", "nightly.2026-11-27");
        String first = submitted(team, "c", "nightly.2026-11-27");
        submitted(team, "d", "another");
        assertThat(set("nightly.2026-11-27").<Map<String, Integer>>path("status.jobs"))
                .isEqualTo(Map.of("QUEUED", 3));

        end(first, JobState.FAILED);
        end(well, JobState.SUCCEEDED);
        Response open = set("nightly.2026-11-27");
        assertThat(open.<String>path("status.state")).isEqualTo("OPEN");
        assertThat(open.<String>path("status.endedAt")).isNull();
        assertThat(open.<String>path("status.firstFailure.job")).isEqualTo(first);
        assertThat(open.<String>path("status.firstFailure.outcome.category")).isEqualTo("USER_ERROR");

        end(second, JobState.FAILED);
        Response over = set("nightly.2026-11-27");
        assertThat(over.<String>path("status.state")).isEqualTo("FAILED");
        assertThat(over.<String>path("status.firstFailure.name")).isEqualTo("c");
        assertThat(over.<Map<String, Integer>>path("status.jobs")).isEqualTo(Map.of("SUCCEEDED", 1, "FAILED", 2));
        assertThat(Instant.parse(over.path("status.endedAt"))).isAfter(Instant.parse(over.path("status.began")));
    }

    @Test
    void all_well_is_a_success_and_what_was_cancelled_is_no_failure() {
        end(submitted(team, "a", "well"), JobState.SUCCEEDED);
        end(submitted(team, "a", "given-up"), JobState.SUCCEEDED);
        end(submitted(team, "b", "given-up"), JobState.CANCELLED);
        assertThat(set("well").<String>path("status.state")).isEqualTo("SUCCEEDED");
        assertThat(set("given-up").<String>path("status.state")).isEqualTo("CANCELLED");
        assertThat(set("given-up").<Object>path("status.firstFailure")).isNull();
    }

    @Test
    void jobs_are_listed_by_it_and_that_of_another_team_is_another_one() {
        String other = Api.newTeam();
        submitted(other, "theirs", "nightly");
        String mine = submitted(team, "mine", "nightly");
        submitted(team, "none", null);

        Response found = Api.call().get(Api.JOBS + "?filter=set=nightly", team);

        assertThat(found.<List<String>>path("items.metadata.id")).containsExactly(mine);
        assertThat(found.<String>path("items[0].spec.jobSet")).isEqualTo("nightly");
        assertThat(Api.call()
                        .get(Api.JOBS + "?filter=set=nightly name=mine", "-")
                        .<List<String>>path("items.metadata.id"))
                .contains(mine);
        assertThat(set("nightly").<Map<String, Integer>>path("status.jobs")).isEqualTo(Map.of("QUEUED", 1));
    }

    @Test
    void the_sets_of_a_team_come_by_name_in_pages_and_one_goes_with_its_last_job() {
        List.of("b", "a", "C", "a", "d").forEach(name -> submitted(team, "x", name));
        Response first = Api.call().get(SETS + "?pageSize=2", team);
        assertThat(first.<List<String>>path("items.metadata.name")).containsExactly("C", "a");
        Response second = Api.call().get(SETS + "?pageSize=2&pageToken=" + first.path("nextPageToken"), team);
        assertThat(second.<List<String>>path("items.metadata.name")).containsExactly("b", "d");
        assertThat(second.<String>path("nextPageToken")).isNull();

        String last = Api.call().get(Api.JOBS + "?filter=set=d", team).path("items[0].metadata.id");
        end(last, JobState.CANCELLED);
        assertThat(Api.call().delete(Api.JOBS + "/" + last, team).statusCode()).isEqualTo(204);

        assertThat(set("d").statusCode()).isEqualTo(404);
        assertThat(Api.call().get(SETS, team).<List<String>>path("items.metadata.name"))
                .containsExactly("C", "a", "b");
    }

    @Test
    void events_are_told_by_set_also_of_a_job_that_is_gone() {
        String in = submitted(team, "in", "s1");
        submitted(team, "out", "s2");
        submitted(team, "single", null);
        end(in, JobState.CANCELLED);
        Api.call().delete(Api.JOBS + "/" + in, team);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(Api.call()
                        .get("/api/v1/events?team={team}&jobSet=s1", team)
                        .<List<String>>path("items.type"))
                .containsExactly("JOB_SUBMITTED", "JOB_MOVED", "JOB_DELETED"));
        assertThat(Api.call().get("/api/v1/events?jobSet=s1").<String>path("detail"))
                .contains("a team, too");
    }

    @Test
    void the_children_of_an_array_are_of_its_set_and_so_is_a_rerun() {
        Api.call()
                .body(Api.quoted(job("shards", "'array':{'size':3},'jobSet':'s',")))
                .post("/api/v1/teams/{team}/arrays", team)
                .then()
                .statusCode(201);
        String failed = submitted(team, "single", "s");
        end(failed, JobState.FAILED);
        assertThat(Api.call().post(Api.JOBS + "/" + failed + ":rerun", team).<String>path("spec.jobSet"))
                .isEqualTo("s");
        assertThat(set("s").<Map<String, Integer>>path("status.jobs")).isEqualTo(Map.of("QUEUED", 4, "FAILED", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a/b",
                "a b",
                "ä",
                "a_",
                "x234567890123456789012345678901234567890123456789012345678901234"
            })
    void a_name_that_is_none_is_refused_by_field_and_nothing_is_kept(String name) {
        Response refused = Api.submit(team, job("bad", "'jobSet':'%s',".formatted(name)));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/jobSet");
        assertThat(refused.<String>path("errors[0].detail")).contains("1 to 63 characters");
        assertThat(Api.count(team)).isZero();
    }

    private Response set(String name) {
        return Api.call().get(SETS + "/" + name, team);
    }

    private static String submitted(String of, String name, String set) {
        Response accepted = Api.submit(of, job(name, set == null ? "" : "'jobSet':'%s',".formatted(set)));
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        return accepted.path("metadata.id");
    }

    private static String job(String name, String more) {
        return ("{'metadata':{'name':'%s'},'spec':{%s'notBefore':'2150-01-01T00:00:00Z',"
                        + "'roles':[{'name':'worker','resources':{'cpu':'1'}}]}}")
                .formatted(name, more);
    }

    private void end(String id, JobState how) {
        Job job = jobs.find(new JobId(id)).orElseThrow();
        Instant now = Instant.now();
        if (how == JobState.CANCELLED) {
            move(job, job.finished(how, now, Outcome.of(Outcome.Result.CANCELLED)));
            return;
        }
        Job running = move(move(job, job.launching()), job.launching().running(now));
        Outcome outcome = how == JobState.SUCCEEDED
                ? Outcome.SUCCEEDED
                : Outcome.failed(new Failure(Category.USER_ERROR, null, 3, "it ended so in this test"));
        move(running, running.finished(how, now, outcome));
    }

    private Job move(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "test", Why.of("TEST", "a test moves it"))))
                .isTrue();
        return after;
    }
}
