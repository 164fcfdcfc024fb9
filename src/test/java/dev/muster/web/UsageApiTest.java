package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage over REST: what may be asked, as JSON in pages and as a file for spreadsheets. What it counts, UsageStoreTest shows. */
@QuarkusTest
class UsageApiTest {
    private static final String USAGE = "/api/v1/usage";

    @Test
    void it_is_of_the_last_seven_days_by_team_where_nothing_is_said() {
        Response answer = Api.call().get(USAGE);
        answer.then().statusCode(200).contentType("application/json").body("groupBy", equalTo(List.of("team")));
        assertThat(java.time.Duration.between(
                        java.time.Instant.parse(answer.path("from")), java.time.Instant.parse(answer.path("to"))))
                .isEqualTo(java.time.Duration.ofDays(7));
    }

    @Test
    void pages_together_are_the_list_and_all_of_one_period() {
        List<Object> whole = Api.call()
                .get(USAGE + "?groupBy=name,day&from=2026-02-20&to=2026-03-05&pageSize=1000")
                .path("items.key");
        List<Object> seen = new ArrayList<>();
        String next = null;
        do {
            var call = Api.call().queryParam("pageSize", "3");
            if (next != null) {
                call.queryParam("pageToken", next);
            }
            Response page = call.get(USAGE + "?groupBy=name,day&from=2026-02-20&to=2026-03-05");
            page.then().statusCode(200).body("to", equalTo("2026-03-05T00:00:00Z"));
            seen.addAll(page.path("items.key"));
            next = page.path("nextPageToken");
        } while (next != null && seen.size() < 30);
        assertThat(seen).isEqualTo(whole.subList(0, Math.min(whole.size(), seen.size())));
    }

    @Test
    void whoever_accepts_csv_or_says_so_gets_a_file() {
        for (Response answer : List.of(
                Api.call().get(USAGE + "?groupBy=user,day&format=csv"),
                given().header("Authorization", "Bearer " + Api.token())
                        .accept("text/csv")
                        .get(USAGE + "?groupBy=user,day"))) {
            answer.then()
                    .statusCode(200)
                    .contentType(containsString("text/csv"))
                    .header("Content-Disposition", containsString("usage.csv"));
            assertThat(answer.asString())
                    .startsWith(
                            "user,day,coreHours,gibHours,gpuHours,cost,lostCoreHours,lostCost,unpricedCoreHours,measuredCoreHours,usedCoreHours,measuredGibHours,usedGibHours\r\n");
        }
    }

    @Test
    void a_name_that_a_spreadsheet_would_run_is_text() {
        assertThat(new CsvText()
                        .row(List.of("=cmd|' /C calc'!A0", "+1", "-2", "@x", "a,b", "say \"hi\"", "", -3, "plain"))
                        .toString())
                .isEqualTo("'=cmd|' /C calc'!A0,'+1,'-2,'@x,\"a,b\",\"say \"\"hi\"\"\",,-3,plain\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            groupBy=tenant                          | one or some of team, queue, user, name, pool, day, costCentre, priority
            groupBy=team,team                       | each once
            groupBy=team,                           | one or some of
            from=yesterday                          | a day such as 2026-11-20
            from=2026-02-30                         | a day such as 2026-11-20
            from=2026-03-02&to=2026-03-01           | begins before it ends
            from=2999-01-01                         | before now
            from=2020-01-01&to=2026-03-01           | at most 366 days
            to=-999999999-01-01T00:00:00Z           | a time such as
            format=xml                              | json or csv
            pageSize=many                           | a whole number
            pageToken=forged                        | page token
            team=vision                             | one of
            """)
    void a_mistake_is_said(String query, String said) {
        Api.call()
                .get(USAGE + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(said));
    }

    @Test
    void nobody_is_told_without_the_token() {
        given().get(USAGE).then().statusCode(401);
    }
}
