package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One verb for many jobs: with those that were told, and the one that has moved on meanwhile keeps nobody else. */
@QuarkusTest
class BulkTest {
    private static final Pattern IDS = Pattern.compile("name=\"ids\" value=\"([^\"]+)\"");

    private String team = "";

    @BeforeEach
    void a_team() {
        team = Api.newTeam();
    }

    @Test
    void on_the_page_the_others_are_done_and_the_one_that_is_refused_is_told_with_its_reason() {
        String first = waiting("first");
        String gone = waiting("gone");
        String last = waiting("last");
        Response told = bulk(Map.of());
        assertThat(told.asString()).contains("It would suspend 3 jobs", "Nothing has been done yet");
        assertThat(state(first)).isEqualTo("QUEUED");
        Api.call().post(Api.JOBS + "/" + gone + ":cancel", team).then().statusCode(200);
        String late = waiting("late");

        Response done = bulk(Map.of("ids", ids(told)));

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.asString())
                .contains("Done with 2 jobs", "Not with these", "gone: ")
                .containsPattern("gone: [^<]*CANCELLED[^<]*suspend");
        assertThat(List.of(state(first), state(gone), state(last), state(late)))
                .containsExactly("SUSPENDED", "CANCELLED", "SUSPENDED", "QUEUED");
    }

    @Test
    void what_is_no_job_of_the_callers_or_no_id_changes_nothing() {
        String own = waiting("own");

        assertThat(bulk(Map.of("ids", own + ",01jd4nothere")).asString()).contains("Done with 1 job", "01jd4nothere");
        Response bad = bulk(Map.of("ids", own + ",<b>"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.asString()).doesNotContain("<b>");
        assertThat(state(own)).isEqualTo("SUSPENDED");
    }

    @Test
    void over_rest_each_answers_for_itself() {
        List<String> jobs = List.of(waiting("first"), waiting("gone"), waiting("last"));
        Api.call().post(Api.JOBS + "/" + jobs.get(1) + ":cancel", team).then().statusCode(200);

        List<Response> answers = jobs.stream()
                .map(job -> Api.call().post(Api.JOBS + "/" + job + ":suspend", team))
                .toList();

        assertThat(answers).extracting(Response::statusCode).containsExactly(200, 409, 200);
        assertThat(answers.get(1).<String>path("code")).isEqualTo("INVALID_STATE");
        assertThat(answers.get(1).<String>path("detail")).contains(jobs.get(1), "CANCELLED", "suspend");
        assertThat(jobs).extracting(this::state).containsExactly("SUSPENDED", "CANCELLED", "SUSPENDED");
    }

    private String waiting(String name) {
        return Api.submit(team, Api.waiting(name)).path("metadata.id");
    }

    private String state(String job) {
        return Api.call().get(Api.JOBS + "/" + job, team).path("status.state");
    }

    private static String ids(Response told) {
        Matcher ids = IDS.matcher(told.asString());
        assertThat(ids.find()).as(told.asString()).isTrue();
        return ids.group(1);
    }

    /** The form as the page sends it. */
    private Response bulk(Map<String, String> more) {
        return Api.form(Api.token())
                .formParam("verb", "suspend")
                .formParam("team", team)
                .formParams(more)
                .post("/ui/bulk");
    }
}
