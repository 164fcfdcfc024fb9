package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A template with its locks and revisions, tried and changed on its page; where a job's values come from; times in a chosen zone. */
@QuarkusTest
class TemplatePagesTest {
    private String team;

    @BeforeEach
    void a_template_with_two_revisions() {
        team = Api.newTeam();
        String spec = "{'spec':{'description':'for <nights>','job':{'priorityClass':'%s','maxRunTime':'1h',"
                + "'roles':[{'name':'*','image':'base:1'}]},'locked':['/roles/*/image']}}";
        Api.create("teams/%s/templates/night".formatted(team), spec.formatted("routine"))
                .then()
                .statusCode(201);
        Api.put("teams/%s/templates/night".formatted(team), spec.formatted("urgent"))
                .then()
                .statusCode(200);
    }

    @Test
    void it_is_listed_and_shown_with_locks_and_what_each_revision_changed() {
        String viewer = Api.tokenOf("v" + team, "VIEWER", "team/" + team);

        assertThat(Api.page(viewer, "/ui/templates"))
                .contains("/ui/templates/" + team + "/night", "for &lt;nights&gt;");
        String page = Api.page(viewer, path());
        assertThat(page)
                .contains("/priorityClass", "urgent", "<span class=\"tag\">locked</span>", "1 changed")
                .contains("<b>/priorityClass</b>: routine → urgent", "id=\"may-not\"")
                .doesNotContain("id=\"edit\"", "/ui/submit?team=");
        assertThat(Api.browser(Api.tokenOf("w" + team, "VIEWER", "team/" + Api.newTeam()))
                        .get(path())
                        .statusCode())
                .isEqualTo(404);
        assertThat(Api.page(
                        Api.tokenOf("x" + team, "SUBMITTER", "team/" + team),
                        "/ui/submit?team=" + team + "&template=night"))
                .contains("name=\"template\" value=\"night\"");
    }

    @Test
    void it_is_tried_before_it_is_changed_and_nobody_elses_change_is_lost() {
        String operator = Api.token();
        String form = Api.page(operator, path());
        String etag = form.replaceAll("(?s).*name=\"etag\" value=\"([^\"]*)\".*", "$1")
                .replace("&quot;", "\"");
        String wanted = "{\"job\":{\"priorityClass\":\"urgent\",\"maxRunTime\":\"2h\"}}";

        String tried = Api.form(operator)
                .formParams("spec", wanted, "etag", etag)
                .post(path())
                .asString();

        assertThat(tried)
                .contains("What would be different", "<td class=\"was\">1h</td><td class=\"is\">2h</td>")
                .contains("locked /roles/*/image");
        assertThat(Api.page(operator, path())).contains("base:1");
        Api.form(operator)
                .formParams("spec", wanted, "etag", etag, "apply", "true")
                .post(path())
                .then()
                .statusCode(303);
        assertThat(Api.page(operator, path())).contains("2h").doesNotContain("base:1</td>");
        Response late = Api.form(operator)
                .formParams("spec", wanted, "etag", etag, "apply", "true")
                .post(path());
        assertThat(late.statusCode()).isIn(303, 422);
        Response wrong = Api.form(operator)
                .formParams("spec", "{\"job\":{\"nonsense\":1}}", "etag", etag)
                .post(path());
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.asString()).contains("This cannot be", "nonsense");
        assertThat(Api.form(operator)
                        .formParams("spec", "no json <b>", "etag", etag)
                        .post(path())
                        .statusCode())
                .isEqualTo(422);
        assertThat(Api.form(Api.tokenOf("y" + team, "TEAM_ADMIN", "team/" + team))
                        .formParams("spec", wanted, "etag", etag)
                        .post(path())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void each_value_of_a_job_says_where_it_comes_from() {
        String job = Api.submit(
                        team,
                        "{'metadata':{'name':'origins'},'spec':{'templates':['night'],'roles':[{'name':'w','resources':{'cpu':'1'}}]}}")
                .path("metadata.id");

        assertThat(Api.page(Api.token(), "/ui/jobs/" + job + "/origins"))
                .contains("<a href=\"/ui/templates/" + team + "/night\">template night@2</a>", "base:1", "from job");
        assertThat(Api.page(Api.token(), "/ui/jobs/" + job)).contains("/ui/jobs/" + job + "/origins");
    }

    @Test
    void times_are_in_the_zone_that_was_chosen_and_utc_before() {
        Response chosen = Api.form(Api.token())
                .formParams("zone", "Asia/Kolkata", "back", "/ui/templates?team=" + team)
                .post("/ui/zone");

        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.getHeader("Location")).endsWith("/ui/templates?team=" + team);
        assertThat(chosen.getHeader("Set-Cookie")).contains("muster-zone=Asia/Kolkata", "Path=/ui", "SameSite=Lax");
        assertThat(Api.page(Api.token(), "/ui")).contains("data-zone=\"UTC\"", ">UTC</a>");
        assertThat(Api.browser(Api.token())
                        .cookie("muster-zone", "Asia/Kolkata")
                        .get("/ui")
                        .asString())
                .contains("data-zone=\"Asia/Kolkata\"", "Asia/Kolkata (UTC+05:30)");
        assertThat(Api.browser(Api.token())
                        .cookie("muster-zone", "<script>")
                        .get("/ui")
                        .asString())
                .contains("data-zone=\"UTC\"");
        assertThat(Api.form(Api.token())
                        .formParam("zone", "Europe/Nowhere")
                        .post("/ui/zone")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Api.page(Api.token(), "/ui/zone?back=https://elsewhere.example"))
                .contains("name=\"back\" value=\"/ui\"", "Europe/Berlin");
    }

    private String path() {
        return "/ui/templates/" + team + "/night";
    }
}
