package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** People sign in by name and password, from our own page only; sessions end at once. */
@QuarkusTest
class AccountTest {
    private static final String PASSWORD = "four words are enough";

    @TestHTTPResource("/")
    URI service;

    private final String name = "a" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void a_link_is_for_choosing_a_password_once() {
        String link = invite();

        assertThat(given().queryParam("link", link).get("/sign-in").asString()).contains(name, "Choose a password");
        assertThat(choose(link, "short", "short").statusCode()).isEqualTo(422);
        assertThat(choose(link, PASSWORD, PASSWORD + "x").statusCode()).isEqualTo(422);
        Response chosen = choose(link, PASSWORD, PASSWORD);
        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.header("Set-Cookie")).contains("HTTPOnly", "SameSite=Strict", "Path=/");
        assertThat(choose(link, PASSWORD, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(given().queryParam("link", link).get("/sign-in").statusCode())
                .isEqualTo(401);
        assertThat(Api.call().get("/api/v1/accounts").asString()).contains(name).doesNotContain("$2a$", link);
    }

    @Test
    void who_signs_in_is_who_they_are_until_they_sign_out() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("AUDITOR");

        String session = signIn(name, PASSWORD).then().statusCode(303).extract().cookie("muster-session");

        assertThat(with(session, "/api/v1/whoami").<String>path("name")).isEqualTo(name);
        assertThat(with(session, "/ui").statusCode()).isEqualTo(200);
        assertThat(given().cookie("muster-session", session)
                        .header("Origin", origin())
                        .redirects()
                        .follow(false)
                        .post("/sign-out")
                        .statusCode())
                .isEqualTo(303);
        assertThat(with(session, "/api/v1/whoami").statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_that_is_ended_elsewhere_or_whose_account_is_gone_is_over() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("AUDITOR");
        String one = signIn(name, PASSWORD).cookie("muster-session");
        String other = signIn(name, PASSWORD).cookie("muster-session");
        String id = with(one, "/api/v1/whoami").path("token");

        assertThat(with(one, "/api/v1/sessions").<List<String>>path("items.subject"))
                .containsOnly(name);
        assertThat(Api.call().delete("/api/v1/sessions/" + id).statusCode()).isEqualTo(204);
        assertThat(with(one, "/api/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(with(other, "/api/v1/whoami").statusCode()).isEqualTo(200);
        assertThat(Api.call().delete("/api/v1/accounts/" + name).statusCode()).isEqualTo(204);
        assertThat(with(other, "/api/v1/whoami").statusCode()).isEqualTo(401);
    }

    @Test
    void a_password_is_changed_by_who_knows_it_and_all_sessions_end() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("AUDITOR");
        String first = signIn(name, PASSWORD).cookie("muster-session");
        String other = signIn(name, PASSWORD).cookie("muster-session");

        assertThat(with(first, "/sign-in/password").asString()).contains(name, "Present password");
        assertThat(change(first, "wrong", "another four words").statusCode()).isEqualTo(422);
        assertThat(change(first, PASSWORD, "short").statusCode()).isEqualTo(422);
        assertThat(with(other, "/api/v1/whoami").statusCode()).isEqualTo(200);
        Response changed = change(first, PASSWORD, "another four words");
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(with(changed.cookie("muster-session"), "/api/v1/whoami").statusCode())
                .isEqualTo(200);
        assertThat(with(first, "/api/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(with(other, "/api/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(signIn(name, PASSWORD).statusCode()).isEqualTo(401);

        String session = signIn(name, "another four words").cookie("muster-session");
        String path = "/api/v1/accounts/" + name + "/password";
        String body = "{\"present\":\"another four words\",\"chosen\":\"%s\"}";
        assertThat(put(session, path, body.formatted("short")).<String>path("errors[0].pointer"))
                .isEqualTo("/chosen");
        assertThat(put(session, path.replace(name, "somebody"), body.formatted(PASSWORD))
                        .statusCode())
                .isEqualTo(404);
        assertThat(put(session, path, body.formatted(PASSWORD)).statusCode()).isEqualTo(204);
        assertThat(with(session, "/api/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(signIn(name, PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void the_last_operator_stays() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("OPERATOR");
        String session = signIn(name, PASSWORD).cookie("muster-session");
        String grants = "/api/v1/grants?subject=" + name + "&duty=OPERATOR&scope=*";
        noOtherOperatorIsThere();

        Response demoted = delete(session, grants);
        Response removed = delete(session, "/api/v1/accounts/" + name);

        assertThat(List.of(demoted, removed)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.<String>path("detail")).contains("there is no other operator");
        });
        assertThat(with(session, "/ui").statusCode()).isEqualTo(200);
        assertThat(Api.call().delete("/api/v1/accounts/" + name).statusCode()).isEqualTo(204);
        assertThat(Api.call().delete(grants).statusCode()).isEqualTo(204);
    }

    @Test
    void the_last_operator_cannot_be_taken_on_the_page() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("OPERATOR");
        String session = signIn(name, PASSWORD).cookie("muster-session");
        noOtherOperatorIsThere();

        Response refused = take(session);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("there is no other operator", name);
        assertThat(with(session, "/api/v1/whoami").<List<String>>path("duties.duty"))
                .containsExactly("OPERATOR");

        String second = Api.newTeam() + "-second";
        Api.tokenOf(second, "OPERATOR", "*");
        assertThat(take(session).statusCode()).isEqualTo(303);
        assertThat(with(session, "/api/v1/whoami").<List<?>>path("duties")).isEmpty();
        assertThat(Api.call()
                        .delete("/api/v1/grants?subject=" + second + "&duty=OPERATOR&scope=*")
                        .statusCode())
                .isEqualTo(204);
    }

    /** The line's own button, on the page of members. */
    private Response take(String session) {
        return given().cookie("muster-session", session)
                .header("Origin", origin())
                .accept("text/html")
                .contentType(ContentType.URLENC)
                .formParam("subject", name)
                .formParam("duty", "OPERATOR")
                .formParam("scope", "*")
                .redirects()
                .follow(false)
                .post("/ui/members/take");
    }

    /** Others' tests may have made operators: without them the one of this test is the last. */
    private void noOtherOperatorIsThere() {
        List<String> others =
                Api.call().get("/api/v1/grants?pageSize=1000").path("items.findAll { it.duty == 'OPERATOR' }.subject");
        others.stream().filter(other -> !other.equals(name)).forEach(other -> Api.call()
                .delete("/api/v1/grants?subject=" + other + "&duty=OPERATOR&scope=*"));
    }

    private Response delete(String session, String path) {
        return given().cookie("muster-session", session)
                .header("Origin", origin())
                .delete(path);
    }

    private Response put(String session, String path, String body) {
        return given().cookie("muster-session", session)
                .header("Origin", origin())
                .contentType(ContentType.JSON)
                .body(body)
                .put(path);
    }

    private Response change(String session, String present, String chosen) {
        return given().cookie("muster-session", session)
                .header("Origin", origin())
                .contentType(ContentType.URLENC)
                .formParam("present", present)
                .formParam("password", chosen)
                .formParam("again", chosen)
                .redirects()
                .follow(false)
                .post("/sign-in/password/change");
    }

    @Test
    void who_has_no_duty_is_told_so_on_a_page() {
        choose(invite(), PASSWORD, PASSWORD);
        String session = signIn(name, PASSWORD).cookie("muster-session");

        Response page =
                given().cookie("muster-session", session).accept("text/html").get("/ui");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString()).contains("No duty yet", name, "An operator, or the admin of a team, gives one");
    }

    /** By the session and by a token alike: it is how somebody learns what is missing. */
    @Test
    void who_has_no_duty_learns_who_they_are_and_whom_to_ask() {
        choose(invite(), PASSWORD, PASSWORD);
        Response bare = with(signIn(name, PASSWORD).cookie("muster-session"), "/api/v1/whoami");

        assertThat(bare.statusCode()).isEqualTo(200);
        assertThat(bare.<String>path("name")).isEqualTo(name);
        assertThat(bare.<List<?>>path("duties")).isEmpty();
        assertThat(bare.<String>path("hint"))
                .contains(
                        name + " holds no duty yet",
                        "An operator, or the admin of a team, gives one",
                        "muster grants give");

        grant("VIEWER");
        Response given = with(signIn(name, PASSWORD).cookie("muster-session"), "/api/v1/whoami");
        assertThat(given.<List<?>>path("duties")).hasSize(1);
        assertThat(given.<String>path("hint")).isNull();
        Response notTheirs = given().cookie(
                        "muster-session", signIn(name, PASSWORD).cookie("muster-session"))
                .accept("text/html")
                .get("/q/metrics");
        assertThat(notTheirs.statusCode()).isEqualTo(403);
        assertThat(notTheirs.asString()).contains("Not for you", name + " may not READ metrics");
    }

    /** No word tells a wrong password from an account that is not there, or from one that nobody gets into for a while. */
    @Test
    void whoever_fails_is_told_the_same() {
        choose(invite(), PASSWORD, PASSWORD);

        String wrong = signIn(name, "wrong").asString();

        assertThat(signIn("nobody-" + name, "wrong").asString()).isEqualTo(wrong);
        assertThat(signIn("<b>", "wrong").asString()).isEqualTo(wrong).doesNotContain("<b>");
        assertThat(signIn(name, "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void a_form_of_another_page_signs_nobody_in() {
        choose(invite(), PASSWORD, PASSWORD);

        for (String[] header : List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Accept", "text/html"})) {
            Response answer = given().header(header[0], header[1])
                    .contentType(ContentType.URLENC)
                    .formParam("name", name)
                    .formParam("password", PASSWORD)
                    .post("/sign-in");
            assertThat(answer.statusCode()).as(header[0]).isEqualTo(403);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    @Test
    void a_session_changes_something_only_from_our_own_pages() {
        choose(invite(), PASSWORD, PASSWORD);
        grant("OPERATOR");
        String session = signIn(name, PASSWORD).cookie("muster-session");

        assertThat(given().cookie("muster-session", session)
                        .contentType(ContentType.JSON)
                        .body("{\"spec\":{}}")
                        .put("/api/v1/queues/" + name)
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().cookie("muster-session", session)
                        .header("Origin", origin())
                        .contentType(ContentType.JSON)
                        .body("{\"spec\":{}}")
                        .put("/api/v1/queues/" + name)
                        .statusCode())
                .isEqualTo(201);
    }

    private String invite() {
        String url = Api.call()
                .body("{\"name\":\"" + name + "\"}")
                .post("/api/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("link");
        return URI.create(url).getQuery().substring("link=".length());
    }

    private void grant(String duty) {
        Api.call()
                .body(Api.quoted("{'subject':'%s','duty':'%s','scope':'*'}".formatted(name, duty)))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
    }

    private Response choose(String link, String password, String again) {
        return given().header("Origin", origin())
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("link", link)
                .formParam("password", password)
                .formParam("again", again)
                .post("/sign-in/password");
    }

    private Response signIn(String who, String password) {
        return given().header("Origin", origin())
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("name", who)
                .formParam("password", password)
                .post("/sign-in");
    }

    private static Response with(String session, String path) {
        return given().cookie("muster-session", session).get(path);
    }

    private String origin() {
        return "http://" + service.getAuthority();
    }
}
