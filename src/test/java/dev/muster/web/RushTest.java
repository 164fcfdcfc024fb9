package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A team that may submit only so many jobs that evict others. */
@QuarkusTest
class RushTest {
    private static final String RUSH = "'spec':{'priorityClass':'rush',";

    @Test
    void so_many_are_taken_and_the_next_is_told_when_it_is_free() {
        String team = team("{'perDay':2}");
        assertThat(left(team)).isEqualTo(2);

        assertThat(submit(team, "one").statusCode()).isEqualTo(201);
        assertThat(submit(team, "two").statusCode()).isEqualTo(201);
        Response third = submit(team, "three");

        assertThat(third.statusCode()).isEqualTo(403);
        assertThat(third.<String>path("code")).isEqualTo("RUSH_SPENT");
        assertThat(third.<String>path("detail")).contains("has 0 left", "the next is free at 20");
        assertThat(Api.count(team)).isEqualTo(2);
        assertThat(left(team)).isZero();
        assertThat(Api.call().accept("text/html").get("/ui/priorities").asString())
                .containsPattern("<b>" + team + "</b> <span class=\"fault\">2 of 2 in 24 hours</span>");
        assertThat(Api.call().get("/api/v1/teams/" + team).<String>path("status.rush.nextAt"))
                .isNotNull();
        assertThat(Api.submit(team, Api.waiting("calm")).statusCode()).isEqualTo(201);
        assertThat(Api.call()
                        .get("/api/v1/audit?team=" + team + "&type=RUSH_USED")
                        .<List<?>>path("items"))
                .hasSize(2);
    }

    @Test
    void a_waiting_job_is_no_way_around_it() {
        String team = team("{'perWeek':1}");
        String job = Api.submit(team, Api.waiting("calm")).path("metadata.id");
        assertThat(submit(team, "one").statusCode()).isEqualTo(201);

        Response raised = Api.call()
                .contentType("application/merge-patch+json")
                .body("{\"priorityClass\":\"rush\"}")
                .patch(Api.JOBS + "/" + job, team);
        if (raised.statusCode() == 415) {
            raised = Api.call().body("{\"priorityClass\":\"rush\"}").patch(Api.JOBS + "/" + job, team);
        }

        assertThat(raised.<String>path("code")).isEqualTo("RUSH_SPENT");
        assertThat(Api.call().get(Api.JOBS + "/" + job, team).<String>path("spec.priorityClass"))
                .isNotEqualTo("rush");
    }

    @Test
    void a_try_spends_nothing_and_of_many_at_once_all_are_taken_or_none() {
        String team = team("{'perDay':2}");

        assertThat(Api.call()
                        .body(Api.quoted(rush("tried")))
                        .post(Api.JOBS + "?validateOnly=true", team)
                        .statusCode())
                .isEqualTo(200);
        assertThat(left(team)).isEqualTo(2);
        String three = IntStream.range(0, 3)
                .mapToObj(i -> rush("of-three-" + i))
                .collect(java.util.stream.Collectors.joining(","));
        Response refused =
                Api.call().body(Api.quoted("{'jobs':[" + three + "]}")).post(Api.JOBS + ":batchCreate", team);

        assertThat(refused.<String>path("code")).as(refused.asString()).isEqualTo("RUSH_SPENT");
        assertThat(refused.<String>path("detail")).contains("so many at once it never has");
        assertThat(left(team)).isEqualTo(2);
    }

    @Test
    void of_many_at_the_same_time_no_more_than_are_left_get_in() {
        String team = team("{'perPersonPerDay':3}");

        long taken = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> submit(team, "same-time-" + i).statusCode())
                .filter(status -> status == 201)
                .count();

        assertThat(taken).isEqualTo(3);
    }

    @Test
    void a_number_below_nothing_is_refused_at_its_place() {
        Response refused = Api.create("teams/bad-rush", "{'spec':{'rush':{'perDay':-1}}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/rush/perDay");
    }

    private static int left(String team) {
        return Api.call().get("/api/v1/teams/" + team).path("status.rush.left");
    }

    private static Response submit(String team, String name) {
        return Api.submit(team, rush(name));
    }

    private static String rush(String name) {
        return Api.waiting(name).replace("'spec':{", RUSH);
    }

    private static String team(String rush) {
        String name = Api.newTeam();
        Api.put("teams/" + name, "{'spec':{'queue':'%s','rush':%s}}".formatted(name, rush))
                .then()
                .statusCode(200);
        return name;
    }
}
