package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team admin asks on a page, a quota admin sees there what granting would do, and answers; nobody else can. */
@QuarkusTest
class QuotaPagesTest {
    private final String parent = "pp" + UUID.randomUUID().toString().substring(0, 8);
    private final String team = "pt" + UUID.randomUUID().toString().substring(0, 8);
    private String asks;
    private String shares;

    @BeforeEach
    void a_team_below_a_queue_that_has_a_hundred() {
        Api.create("queues/" + parent, "{'spec':{'deserved':{'cpu':'100'},'capability':{'cpu':'100'}}}")
                .then()
                .statusCode(201);
        Api.create(
                        "queues/" + team,
                        "{'spec':{'parent':'%s','deserved':{'cpu':'10'},'capability':{'cpu':'20'}}}".formatted(parent))
                .then()
                .statusCode(201);
        Api.create("teams/" + team, "{'spec':{'queue':'%s'}}".formatted(team))
                .then()
                .statusCode(201);
        asks = token("TEAM_ADMIN", "team/" + team);
        shares = token("QUOTA_ADMIN", "queue/" + parent);
    }

    @AfterEach
    void nobody_waits_for_an_answer() {
        // Operators would be told of it on every page.
        Api.call().get("/api/v1/quotaRequests").jsonPath().getList("items", java.util.Map.class).stream()
                .filter(request -> team.equals(request.get("team")) && "OPEN".equals(request.get("state")))
                .forEach(request -> Api.call()
                        .body("{}")
                        .post("/api/v1/quotaRequests/" + request.get("id") + ":decline")
                        .then()
                        .statusCode(200));
    }

    @Test
    void what_is_asked_is_seen_by_who_answers_with_what_it_would_do_and_granted_for_a_time() {
        assertThat(Api.page(asks, "/ui/queues/" + team)).contains("href=\"/ui/quota?queue=" + team + "#ask\"");
        assertThat(badge(shares)).isZero();
        String page = ask("for the <paper>", "2026-99-99T00:00", 422);
        assertThat(page).contains("until: &#39;2026-99-99T00:00&#39; is not a date", "value=\"for the &lt;paper&gt;\"");
        String until = Instant.now().plus(Duration.ofDays(3)).toString().substring(0, 16);

        String request = ask("for the <paper>", until, 303);

        assertThat(Api.page(asks, request)).contains("for the &lt;paper&gt;", "Withdraw…", "id=\"may-not\"");
        assertThat(badge(shares)).isEqualTo(1);
        assertThat(badge(asks)).isZero();
        assertThat(Api.page(shares, "/ui/queues/" + team)).contains("1 request waits for an answer");
        assertThat(Api.page(shares, request)).contains("What granting it would do", "cpu=10", "cpu=40", "Grant it");
        String other = Api.form(shares)
                .formParams("deserved", "cpu=5", "until", until)
                .post(request + "/try")
                .asString();
        assertThat(other).contains("cpu=15").doesNotContain("cpu=40");
        assertThat(Api.form(shares)
                        .formParams("deserved", "cpu=500", "until", until)
                        .post(request + "/try")
                        .asString())
                .contains("This cannot be granted", parent)
                .doesNotContain("Grant it");

        Api.form(shares)
                .formParams("deserved", "cpu=5", "until", until, "why", "half of it")
                .post(request + "/grant")
                .then()
                .statusCode(303);

        assertThat(Api.page(asks, request)).contains("In force", "half of it", "deserved +cpu 5");
        assertThat(Api.page(asks, "/ui/queues/" + team)).contains("deserved +cpu 5", "ends <time datetime=\"" + until);
        assertThat(badge(shares)).isZero();
        assertThat(Api.form(shares).post(request + "/grant").statusCode()).isEqualTo(422);
        Api.form(shares)
                .formParam("why", "needed")
                .post(request + "/end")
                .then()
                .statusCode(303);
        assertThat(Api.page(asks, "/ui/quota?state=ENDED")).contains(request);
        assertThat(Api.page(asks, "/ui/quota?state=GRANTED")).doesNotContain(request);
    }

    @Test
    void it_is_declined_with_a_word_or_withdrawn() {
        String declined = ask("more", "", 303);
        String withdrawn = ask("and more", "", 303);

        Api.form(shares)
                .formParam("why", "nothing is left")
                .post(declined + "/decline")
                .then()
                .statusCode(303);
        Api.form(asks).post(withdrawn + "/withdraw").then().statusCode(303);

        assertThat(Api.page(asks, declined))
                .contains("Declined", "nothing is left")
                .doesNotContain("Withdraw…");
        assertThat(Api.page(shares, withdrawn)).contains("Withdrawn").doesNotContain("Grant it");
    }

    @Test
    void who_may_not_answer_cannot_and_of_others_nothing_is_seen() {
        String request = ask("more", "", 303);
        String ofItsQueue = token("QUOTA_ADMIN", "queue/" + team);
        String viewer = token("VIEWER", "team/" + team);
        String stranger = token("TEAM_ADMIN", "team/" + Api.newTeam());

        for (String verb : new String[] {"try", "grant", "decline", "end"}) {
            assertThat(Api.form(asks).post(request + "/" + verb).statusCode())
                    .as(verb)
                    .isEqualTo(403);
            assertThat(Api.form(viewer).post(request + "/" + verb).statusCode())
                    .as(verb)
                    .isEqualTo(403);
            assertThat(Api.form(stranger).post(request + "/" + verb).statusCode())
                    .as(verb)
                    .isIn(403, 404);
        }
        assertThat(Api.form(ofItsQueue).post(request + "/grant").statusCode()).isEqualTo(403);
        assertThat(Api.form(ofItsQueue).post(request + "/decline").statusCode()).isEqualTo(403);
        assertThat(Api.page(ofItsQueue, request)).doesNotContain("Grant it").contains("id=\"may-not\"");
        assertThat(badge(ofItsQueue)).isZero();
        assertThat(Api.form(shares).post(request + "/withdraw").statusCode()).isEqualTo(403);
        assertThat(Api.form(stranger).post(request + "/withdraw").statusCode()).isEqualTo(404);
        assertThat(Api.browser(stranger).get(request).statusCode()).isEqualTo(404);
        assertThat(Api.page(stranger, "/ui/quota")).doesNotContain(request, team);
        assertThat(Api.form(stranger)
                        .formParams("of", team + "/" + team, "deserved", "cpu=1", "why", "mine")
                        .post("/ui/quota")
                        .statusCode())
                .isEqualTo(404);
        assertThat(Api.page(asks, request)).contains("Waits for an answer");
    }

    @Test
    void a_page_of_another_origin_cannot_ask_or_answer() {
        String request = ask("more", "", 303);

        assertThat(Api.form(shares)
                        .header("Origin", "https://elsewhere.example")
                        .post(request + "/grant")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.page(asks, request)).contains("Waits for an answer");
    }

    /** Where the answer leads where it does, else the page. */
    private String ask(String why, String until, int status) {
        Response answer = Api.form(asks)
                .formParams(
                        "of",
                        team + "/" + team,
                        "deserved",
                        "cpu=30",
                        "capability",
                        "cpu=30",
                        "until",
                        until,
                        "why",
                        why)
                .post("/ui/quota");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return status == 303 ? answer.getHeader("Location").replaceFirst("https?://[^/]+", "") : answer.asString();
    }

    private int badge(String token) {
        return Pattern.compile("class=\"badge\">(\\d+)")
                .matcher(Api.page(token, "/ui/quota"))
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    private static String token(String duty, String scope) {
        String name = "p" + UUID.randomUUID().toString().substring(0, 8);
        Api.call()
                .body("{\"subject\":\"%s\",\"duty\":\"%s\",\"scope\":\"%s\"}".formatted(name, duty, scope))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
        return Api.call()
                .body("{\"label\":\"test\",\"subject\":\"%s\"}".formatted(name))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}
