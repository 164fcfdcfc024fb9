package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SteeringRestTest {
    private static final String JOB = Api.JOBS + "/{job}";

    @Test
    void a_waiting_job_is_suspended_resumed_and_cancelled() {
        String team = Api.newTeam();
        String id = id(team);

        assertThat(verb(team, id, "suspend").<String>path("status.state")).isEqualTo("SUSPENDED");
        assertThat(verb(team, id, "resume").<String>path("status.state")).isEqualTo("QUEUED");
        assertThat(verb(team, id, "cancel").<String>path("status.state")).isEqualTo("CANCELLED");
        Response late = verb(team, id, "resume");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.<String>path("code")).isEqualTo("INVALID_STATE");
        assertThat(late.<String>path("hints[0]")).contains("rerun");
    }

    @Test
    void a_stale_etag_changes_nothing() {
        String team = Api.newTeam();
        String id = id(team);
        verb(team, id, "suspend");

        Response stale = Api.call().header("If-Match", "\"1\"").post(JOB + ":cancel", team, id);
        Response stalePatch = Api.call()
                .header("If-Match", "\"1\"")
                .body("{\"priorityClass\":\"urgent\"}")
                .patch(JOB, team, id);

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.<String>path("code")).isEqualTo("ETAG_MISMATCH");
        assertThat(stalePatch.statusCode()).isEqualTo(412);
        Response now = Api.call().get(JOB, team, id);
        assertThat(now.<String>path("status.state")).isEqualTo("SUSPENDED");
        assertThat(now.<String>path("spec.priorityClass")).isEqualTo("routine");
    }

    @Test
    void queue_and_priority_are_changed_while_it_waits_and_not_after() {
        String team = Api.newTeam();
        String other = Api.newTeam();
        String id = id(team);

        Response changed = Api.call()
                .body(Api.quoted("{'priorityClass':'urgent','queue':'%s'}".formatted(other)))
                .patch(JOB, team, id);
        assertThat(changed.<String>path("spec.priorityClass")).isEqualTo("urgent");
        assertThat(changed.<String>path("spec.queue")).isEqualTo(other);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");

        verb(team, id, "cancel");
        Response locked = Api.call().body("{\"priorityClass\":\"routine\"}").patch(JOB, team, id);
        assertThat(locked.statusCode()).isEqualTo(422);
        assertThat(locked.<String>path("code")).isEqualTo("LOCKED_FIELD");
    }

    @Test
    void a_patch_of_something_else_is_refused() {
        String team = Api.newTeam();
        String id = id(team);

        Response refused = Api.call().body("{\"roles\":[]}").patch(JOB, team, id);

        assertThat(refused.<String>path("code")).isEqualTo("UNKNOWN_FIELD");
    }

    @Test
    void a_job_that_has_ended_runs_once_more_and_can_be_forgotten() {
        String team = Api.newTeam();
        String id = id(team);
        assertThat(Api.call().delete(JOB, team, id).statusCode()).isEqualTo(409);
        assertThat(verb(team, id, "rerun").statusCode()).isEqualTo(409);
        assertThat(Api.call()
                        .body("{}")
                        .post(Api.JOBS + "/" + id + ":requeue", team)
                        .<String>path("errors[0].pointer"))
                .isEqualTo("/why");
        verb(team, id, "cancel");

        Response again = verb(team, id, "rerun");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.<String>path("metadata.id")).isNotEqualTo(id);
        assertThat(again.<String>path("status.state")).isEqualTo("QUEUED");
        assertThat(Api.call().delete(JOB, team, id).statusCode()).isEqualTo(204);
        assertThat(Api.call().get(JOB, team, id).statusCode()).isEqualTo(404);
    }

    @Test
    void a_job_is_not_found_under_another_team() {
        String team = Api.newTeam();
        String other = Api.newTeam();
        String id = id(team);

        assertThat(Api.call().get(JOB, other, id).statusCode()).isEqualTo(404);
        assertThat(verb(other, id, "cancel").statusCode()).isEqualTo(404);
        assertThat(Api.call().get(JOB, "-", id).statusCode()).isEqualTo(200);
    }

    @Test
    void a_verb_that_is_not_there_is_no_such_path() {
        String team = Api.newTeam();

        Response unknown = verb(team, id(team), "explode");

        assertThat(unknown.statusCode()).isIn(404, 405);
        assertThat(unknown.contentType()).startsWith("application/problem+json");
    }

    @Test
    void a_waiting_job_says_why() {
        String team = Api.newTeam();
        String id = id(team);

        Response explanation = Api.call().get(JOB + "/explanation", team, id);

        assertThat(explanation.<String>path("state")).isEqualTo("QUEUED");
        assertThat(explanation.<String>path("reason.code")).isIn("NOT_BEFORE", "NOT_PLANNED_YET");
        assertThat(Api.call().get(JOB + "/attempts", team, id).jsonPath().getList("items"))
                .isEmpty();
        assertThat(Api.call().get(JOB + "/logs", team, id).asString()).isEmpty();
        Response part = Api.call().header("Range", "bytes=3-9").get(JOB + "/logs", team, id);
        assertThat(part.statusCode()).isEqualTo(416);
        assertThat(part.header("Content-Range")).isEqualTo("bytes */*");
        assertThat(Api.call()
                        .header("Range", "bytes=9-3")
                        .get(JOB + "/logs", team, id)
                        .statusCode())
                .isEqualTo(400);
        assertThat(Api.call().get(JOB + "/logs?role=boss", team, id).statusCode())
                .isEqualTo(400);
        assertThat(Api.call().get(JOB + "/attempts/7", team, id).statusCode()).isEqualTo(404);
    }

    private static Response verb(String team, String id, String verb) {
        return Api.call().post(JOB + ":" + verb, team, id);
    }

    private static String id(String team) {
        return (String) Api.accepted(team, "job").get("id");
    }
}
