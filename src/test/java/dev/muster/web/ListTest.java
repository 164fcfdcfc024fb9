package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ListTest {

    @Test
    void pages_neither_repeat_nor_miss_a_job_while_others_come() {
        String team = Api.newTeam();
        for (int i = 0; i < 7; i++) {
            Api.accepted(team, "old-" + i);
        }
        List<String> seen = new ArrayList<>();
        String token = null;
        int round = 0;
        do {
            Response page = page(team, "pageSize", 3, token);
            seen.addAll(page.jsonPath().<String>getList("items.metadata.name"));
            token = page.path("nextPageToken");
            Api.accepted(team, "new-" + round++);
        } while (token != null);

        assertThat(seen).containsExactly("old-6", "old-5", "old-4", "old-3", "old-2", "old-1", "old-0");
    }

    @Test
    void every_order_pages_through_everything() {
        String team = Api.newTeam();
        for (String name : List.of("b", "a", "d", "c")) {
            Api.accepted(team, name);
        }
        for (String order : List.of("name", "name desc", "priority desc", "finishedAt", "submittedAt asc")) {
            List<String> seen = new ArrayList<>();
            String token = null;
            do {
                Response page = page(team, "orderBy", order, token, "pageSize", 1);
                seen.addAll(page.jsonPath().<String>getList("items.metadata.name"));
                token = page.path("nextPageToken");
            } while (token != null);
            assertThat(seen).as(order).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
    }

    @Test
    void a_job_that_may_not_start_yet_says_so_in_the_list() {
        String team = Api.newTeam();
        Api.accepted(team, "later");

        Response page = page(team, "pageSize", 1, null);

        assertThat(page.<String>path("items[0].status.expectedStart.earliest")).isEqualTo("2150-01-01T00:00:00Z");
        assertThat(page.<Object>path("items[0].status.expectedStart.latest")).isNull();
    }

    @Test
    void a_token_works_for_its_own_list_only() {
        String team = Api.newTeam();
        String other = Api.newTeam();
        Api.accepted(team, "a");
        Api.accepted(team, "b");
        String token = page(team, "pageSize", 1, null).path("nextPageToken");

        assertThat(page(team, "pageSize", 1, token).statusCode()).isEqualTo(200);
        for (Response refused : List.of(
                page(other, "pageSize", 1, token),
                page(team, "filter", "state=QUEUED", token),
                page(team, "orderBy", "name", token),
                page(team, "pageSize", 1, token.substring(0, token.length() - 2) + "zz"),
                page(team, "pageSize", 1, "%%%"),
                Api.call().queryParam("pageToken", token).get("/api/v1/events"),
                Api.call().queryParam("pageToken", token).get("/api/v1/queues"))) {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.<String>path("code")).as(refused.asString()).isEqualTo("INVALID_PAGE_TOKEN");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name=web-1                       | web-1
            name=web*                        | web-1 web-2
            name~web                         | web-1 web-2
            state=CANCELLED                  | db
            state=QUEUED,CANCELLED name~db   | db
            label.app=test name~web-2        | web-2
            label.app=other                  |
            priorityClass=urgent             |
            by=operator name=db              | db
            reason=NODES_FULL                |
            """)
    void a_filter_keeps_what_meets_all_conditions(String filter, String names) {
        String team = Api.newTeam();
        Api.accepted(team, "web-1");
        Api.accepted(team, "web-2");
        String db = (String) Api.accepted(team, "db").get("id");
        Api.call().post(Api.JOBS + "/" + db + ":cancel", team);

        Response page = page(team, "filter", filter, null);

        assertThat(page.jsonPath().<String>getList("items.metadata.name"))
                .containsExactlyInAnyOrder(names == null ? new String[0] : names.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=FLYING",
                "nam=x",
                "queue",
                "=x",
                "queue=",
                "name~",
                "queue~x",
                "state=QUEUED state=RUNNING",
                "queue=Not A Name",
                "reason=WEATHER"
            })
    void a_filter_that_is_none_is_refused(String filter) {
        assertThat(page("-", "filter", filter, null).<String>path("code")).isEqualTo("INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pageSize=-1",
                "pageSize=x",
                "orderBy=colour",
                "orderBy=name%20up",
                "filtr=x",
                "pageSize=1&pageSize=2"
            })
    void a_parameter_that_makes_no_sense_is_refused(String query) {
        Response refused = Api.call().urlEncodingEnabled(false).get("/api/v1/teams/-/jobs?" + query);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("code")).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void a_page_is_at_most_as_large_as_the_limit() {
        assertThat(page("-", "pageSize", 1_000_000, null).statusCode()).isEqualTo(200);
    }

    private static Response page(String team, String name, Object value, String token, Object... more) {
        var call = Api.call().queryParam(name, value);
        if (token != null) {
            call.queryParam("pageToken", token);
        }
        if (more.length > 0) {
            call.queryParam((String) more[0], more[1]);
        }
        return call.get(Api.JOBS, team);
    }
}
