package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions over REST: what may be said of them, how many somebody may have, who sees them in lists. */
@QuarkusTest
class SessionLimitTest {
    private static final String NOTEBOOK =
            "{'metadata':{'name':'notebook'},'spec':{%s'roles':[{'name':'main','resources':{'cpu':'1'}}]}}";
    private static final String SESSIONS = "/api/v1/teams/{team}/sessions";

    @Test
    void people_have_so_many_at_a_time_and_the_refusal_has_the_numbers() {
        String team = Api.newTeam();
        Api.put("teams/" + team, "{'spec':{'queue':'%s','sessionsPerPerson':2}}".formatted(team))
                .then()
                .statusCode(200);
        String first = Api.submit(team, session("'interactive':{'port':8888},")).path("metadata.id");
        Api.submit(team, session("'interactive':{'port':8888},")).then().statusCode(201);

        Response third = Api.submit(team, session("'interactive':{'port':8888},"));

        assertThat(third.statusCode()).isEqualTo(422);
        assertThat(third.asString())
                .contains("operator has 2 sessions in team " + team)
                .contains("expected at most 2")
                .contains("muster session stop ID");
        assertThat(Api.submit(team, session("")).statusCode())
                .as("other jobs are not counted")
                .isEqualTo(201);
        String other = Api.tokenOf("other-" + team, "SUBMITTER", "team/" + team);
        given().header("Authorization", "Bearer " + other)
                .contentType(ContentType.JSON)
                .body(Api.quoted(session("'interactive':{'port':8888},")))
                .post(Api.JOBS, team)
                .then()
                .statusCode(201);
        assertThat(list(Api.token(), team, false)).hasSize(3);
        assertThat(list(other, team, true)).hasSize(1);

        Api.call().post(Api.JOBS + "/{id}:cancel", team, first).then().statusCode(200);
        assertThat(Api.submit(team, session("'interactive':{'port':8888},")).statusCode())
                .isEqualTo(201);
        assertThat(list(other, Api.newTeam(), false)).as("of a team of others").isEmpty();
    }

    @Test
    void what_cannot_be_meant_is_told_by_its_field() {
        String team = Api.newTeam();
        refused(team, "'interactive':{},", "/spec/interactive/port");
        refused(team, "'interactive':{'port':70000},", "/spec/interactive/port");
        refused(team, "'interactive':{'port':1,'path':'/../x'},", "/spec/interactive/path");
        refused(team, "'interactive':{'port':1},'endless':true,", "/spec/interactive");
        refused(team, "'idleTimeout':'1h',", "/spec/idleTimeout");
        refused(team, "'interactive':{'port':1},'idleTimeout':'5s',", "/spec/idleTimeout");
        assertThat(Api.submit(
                                team,
                                "{'metadata':{'name':'two'},'spec':{'interactive':{'port':1},'roles':[{'name':'a','resources':{'cpu':'1'}},{'name':'b','resources':{'cpu':'1'}}]}}")
                        .asString())
                .contains("leader: true");

        Response accepted = Api.submit(team, session("'interactive':{'port':8888},"));
        Response shown = Api.call().get(accepted.header("Location"));
        assertThat(shown.<String>path("spec.idleTimeout")).isEqualTo("2h");
        assertThat(shown.<String>path("spec.interactive.path")).isEqualTo("/");
        Response origins = Api.call().get(accepted.header("Location") + "/origins");
        assertThat(origins.<String>path("values.find { it.pointer == '/idleTimeout' }.origin"))
                .isEqualTo("service");
    }

    private static void refused(String team, String said, String pointer) {
        Response response = Api.submit(team, session(said));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(422);
        assertThat(response.<List<String>>path("errors.pointer")).contains(pointer);
    }

    private static List<String> list(String token, String team, boolean mine) {
        return given().header("Authorization", "Bearer " + token)
                .queryParam("mine", mine)
                .get(SESSIONS, team)
                .path("items.id");
    }

    private static String session(String said) {
        return NOTEBOOK.formatted(said);
    }
}
