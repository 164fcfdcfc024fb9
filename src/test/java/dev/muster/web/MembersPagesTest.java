package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the page of members the admin of a team gives and takes its duties, and nobody else's; others look, or do not see it. */
@QuarkusTest
class MembersPagesTest {
    private final String someone = "m" + UUID.randomUUID().toString().substring(0, 8);
    private String team;
    private String admin;

    @BeforeEach
    void a_team_with_an_admin() {
        team = Api.newTeam();
        admin = Api.tokenOf(someone + "-admin", "TEAM_ADMIN", "team/" + team);
    }

    @Test
    void a_duty_is_given_seen_and_taken_away() {
        give(admin, someone, "SUBMITTER", "team/" + team, "new <here>").then().statusCode(303);

        String page = page(admin, "?scope=team/" + team);
        assertThat(page)
                .contains(someone, "Submitter", "new &lt;here&gt;", "by " + someone + "-admin", "Yes, take it away");
        assertThat(page(admin, "?who=" + someone + "-admin")).doesNotContain("new &lt;here&gt;");
        assertThat(Api.call()
                        .get("/api/v1/grants?pageSize=1000")
                        .<Object>path("items.find { it.subject == '%s' }.duty".formatted(someone)))
                .isEqualTo("SUBMITTER");

        Api.form(admin)
                .formParams("subject", someone, "duty", "SUBMITTER", "scope", "team/" + team)
                .post("/ui/members/take")
                .then()
                .statusCode(303);
        assertThat(page(admin, "?scope=team/" + team)).doesNotContain("new &lt;here&gt;");
        assertThat(Api.form(admin)
                        .formParams("subject", someone, "duty", "SUBMITTER", "scope", "team/" + team)
                        .post("/ui/members/take")
                        .statusCode())
                .as("there is none any more")
                .isEqualTo(422);
    }

    @Test
    void nobody_gives_more_than_they_may_and_what_is_wrong_is_said_with_what_was_typed() {
        String other = Api.newTeam();

        assertThat(give(admin, someone, "SUBMITTER", "team/" + other, "").statusCode())
                .isIn(403, 422);
        assertThat(give(admin, someone, "OPERATOR", "*", "").statusCode()).isEqualTo(403);
        Response wrong = give(admin, "Not A Name", "SUBMITTER", "team/" + team, "because");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.asString()).contains("This cannot be", "value=\"Not A Name\"", "value=\"because\"");
        assertThat(give(admin, someone, "QUOTA_ADMIN", "team/" + team, "").statusCode())
                .isEqualTo(422);
        assertThat(page(admin, "")).doesNotContain(other);
    }

    @Test
    void who_may_only_look_has_no_form_and_who_may_not_look_does_not_see_it() {
        String auditor = Api.tokenOf(someone + "-auditor", "AUDITOR", "*");
        String submitter = Api.tokenOf(someone + "-submitter", "SUBMITTER", "team/" + team);

        assertThat(page(auditor, "?scope=team/" + team))
                .contains(someone + "-admin", "id=\"may-not\"")
                .doesNotContain("/ui/members/give", "/ui/members/take");
        assertThat(Api.browser(submitter).get("/ui/members").statusCode()).isEqualTo(403);
        assertThat(give(submitter, someone, "SUBMITTER", "team/" + team, "").statusCode())
                .isEqualTo(403);
        assertThat(Api.browser(admin)
                        .contentType("application/x-www-form-urlencoded")
                        .header("Origin", "https://elsewhere.example")
                        .post("/ui/members/give")
                        .statusCode())
                .isEqualTo(403);
    }

    private static Response give(String token, String subject, String duty, String scope, String why) {
        return Api.form(token)
                .formParams("subject", subject, "duty", duty, "scope", scope, "why", why)
                .post("/ui/members/give");
    }

    private static String page(String token, String query) {
        Response answer = Api.browser(token).get("/ui/members" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.asString();
    }
}
