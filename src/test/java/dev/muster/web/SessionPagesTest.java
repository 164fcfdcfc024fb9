package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session by the form of a job, and the page on which sessions are. */
@QuarkusTest
class SessionPagesTest {
    private String team;
    private String submitter;

    @BeforeEach
    void somebody_who_may_submit() {
        team = Api.newTeam();
        submitter = Api.tokenOf("s" + team, "SUBMITTER", "team/" + team);
    }

    @Test
    void what_the_form_says_of_a_session_is_in_its_job_and_it_is_listed_for_its_owner() {
        assertThat(Api.page(submitter, "/ui/sessions"))
                .contains("No session runs or waits", "href=\"/ui/submit?session=true\"");
        assertThat(Api.page(submitter, "/ui/submit?session=true"))
                .contains("<details id=\"session\" open>", "name=\"port\" value=\"8888\"");
        assertThat(Api.page(submitter, "/ui/submit")).contains("<details id=\"session\">", "name=\"port\" value=\"\"");

        Response submitted = submit(Map.of("port", "8888", "path", "/lab", "idle", "45m", "submit", "true"));
        assertThat(submitted.statusCode()).as(submitted.asString()).isEqualTo(303);
        String job = submitted.header("Location").replaceAll(".*/", "");
        Response spec = Api.call().get(Api.JOBS + "/{id}", team, job);
        assertThat(spec.<Integer>path("spec.interactive.port")).isEqualTo(8888);
        assertThat(spec.<String>path("spec.interactive.path")).isEqualTo("/lab");
        assertThat(spec.<String>path("spec.idleTimeout")).isEqualTo("45m");
        assertThat(Api.page(submitter, "/ui/sessions")).contains("id=\"s-" + job + "\"", "/ui/jobs/" + job + "/cancel");
    }

    @Test
    void who_may_only_look_is_not_offered_to_start_one() {
        String viewer = Api.tokenOf("v" + team, "VIEWER", "team/" + team);

        assertThat(Api.page(viewer, "/ui/sessions")).doesNotContain("Start a session");
    }

    @Test
    void what_cannot_be_is_said_and_the_form_keeps_what_was_typed() {
        Response lettered = submit(Map.of("port", "eight", "idle", "1h"));
        assertThat(lettered.statusCode()).isEqualTo(422);
        assertThat(lettered.asString())
                .contains("&#39;eight&#39; is no port: expected a whole number, 1 to 65535", "value=\"eight\"")
                .contains("<details id=\"session\" open>");
        assertThat(submit(Map.of("port", "99999")).statusCode()).isEqualTo(422);
        assertThat(submit(Map.of("path", "/lab")).statusCode()).isEqualTo(422);
        assertThat(submit(Map.of("idle", "1h")).statusCode()).isEqualTo(422);
    }

    private Response submit(Map<String, String> more) {
        return Api.form(submitter)
                .formParams(Map.of(
                        "team", team, "name", "notebook", "pods", "1", "cpu", "1", "memory", "1Gi", "command", "true"))
                .formParams(more)
                .post("/ui/submit");
    }
}
