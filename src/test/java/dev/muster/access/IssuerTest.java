package dev.muster.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People of an identity provider, with real signatures: what they may, what is refused, and signing in to the pages. */
@QuarkusTest
@QuarkusTestResource(value = WithTestIssuer.class, restrictToAnnotatedClass = true)
class IssuerTest {
    TestIssuer issuer;

    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void makeTeams() throws IOException {
        for (String name : List.of("guests", "hosts")) {
            put("queues/" + name, "{\"spec\":{}}");
            put("teams/" + name, "{\"spec\":{\"queue\":\"" + name + "\"}}");
        }
    }

    @Test
    void somebody_may_what_their_groups_give() {
        String token = issuer.sign(issuer.good(ana("/guests/dev", "/no-such-group")));

        assertThat(with(token).get("/api/v1/whoami").<String>path("name")).isEqualTo("ana@example.com");
        assertThat(with(token).get("/api/v1/teams/guests").statusCode()).isEqualTo(200);
        assertThat(with(token).get("/api/v1/teams/hosts").statusCode()).isEqualTo(404);
        assertThat(with(token).get("/api/v1/audit").statusCode()).isEqualTo(403);
        String auditor = issuer.sign(issuer.good(ana("/audit")));
        assertThat(with(auditor).get("/api/v1/audit").statusCode()).isEqualTo(200);
        String nobody = issuer.sign(issuer.good(ana()));
        assertThat(with(nobody).get("/api/v1/whoami").<String>path("hint"))
                .contains("ana@example.com holds no duty yet", "Ask platform@example.com for one");
        assertThat(with(nobody).get("/api/v1/teams/guests").statusCode()).isEqualTo(404);
    }

    @Test
    void a_duty_that_was_given_here_counts_beside_them() throws IOException {
        String token = issuer.sign(issuer.good(Map.of("preferred_username", "bo")));
        assertThat(with(token).get("/api/v1/teams/hosts").statusCode()).isEqualTo(404);

        operator()
                .body("{\"subject\":\"bo\",\"duty\":\"VIEWER\",\"scope\":\"team/hosts\"}")
                .post("/api/v1/grants")
                .then()
                .statusCode(201);

        assertThat(with(token).get("/api/v1/teams/hosts").statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_that_is_not_for_us_is_refused_and_told_why() throws GeneralSecurityException {
        Map<String, Object> ana = ana("/audit");
        long now = Instant.now().getEpochSecond();

        refused(issuer.sign(changed(ana, "exp", now - 60)), "has expired");
        refused(
                issuer.sign(changed(ana, "aud", "another-service")),
                "is meant for others: expected the audience muster");
        refused(issuer.sign(without(ana, "aud")), "for whom it is meant");
        refused(issuer.sign(changed(ana, "iss", "https://evil.example")), "whom this installation does not trust");
        refused(issuer.sign(changed(ana, "preferred_username", "")), "no claim 'preferred_username'");
        refused(issuer.sign(changed(ana, "preferred_username", "operator")), "whom Muster cannot name");
        refused(issuer.sign(changed(ana, "preferred_username", "<b>")), "whom Muster cannot name");
        refused(TestIssuer.sign(issuer.good(ana), TestIssuer.newKey()), "not signed by a key of its issuer");
        String good = issuer.sign(issuer.good(ana));
        String[] parts = good.split("\\.");
        String more = TestIssuer.part(issuer.good(ana("/audit", "/guests/lead")));
        refused(parts[0] + "." + more + "." + parts[2], "not signed by a key of its issuer");
        String none = TestIssuer.part(Map.of("alg", "none", "typ", "JWT")) + "." + parts[1] + ".";
        refused(none, "The token of The <Company>");
        refused(none + parts[2], "The token of The <Company>");
        refused(signedByOurPublicKey(parts[1]), "The token of The <Company>");
        assertThat(with(good).get("/api/v1/audit").statusCode()).isEqualTo(200);
    }

    /** The old trick: the public key, which everybody has, as the secret of a symmetric signature. */
    private String signedByOurPublicKey(String claims) throws GeneralSecurityException {
        String content = TestIssuer.part(Map.of("alg", "HS256", "kid", "one", "typ", "JWT")) + "." + claims;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(issuer.key().getEncoded(), "HmacSHA256"));
        return content
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_provider_that_is_away_is_told_apart_from_a_bad_token() {
        Response answer =
                with(issuer.sign(changed(ana(), "iss", "http://127.0.0.1:1"))).get("/api/v1/whoami");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.<String>path("code")).isEqualTo("ISSUER_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    @Test
    void somebody_signs_in_to_the_pages_and_out_of_both() {
        issuer.signsIn(ana("/audit"));
        assertThat(given().accept("text/html").get("/ui").asString())
                .contains("href=\"" + AtTheCompany.PATH + "\"", "Sign in with The &lt;Company&gt;")
                .doesNotContain("/sign-in/with/away");

        String session = AtTheCompany.signIn(issuer).cookie("muster-session");

        assertThat(session).startsWith("person_");
        assertThat(AtTheCompany.page(session, "/ui").statusCode()).isEqualTo(200);
        assertThat(AtTheCompany.page(session, "/api/v1/whoami").<String>path("name"))
                .isEqualTo("ana@example.com");
        assertThat(AtTheCompany.page(session, "/api/v1/sessions").<List<String>>path("items.subject"))
                .containsOnly("ana@example.com");
        assertThat(given().cookie("muster-session", session)
                        .contentType("application/json")
                        .body("{\"spec\":{}}")
                        .put("/api/v1/queues/guests")
                        .<String>path("code"))
                .isEqualTo("FOREIGN_ORIGIN");
        Response out = given().cookie("muster-session", session)
                .header("Origin", "http://" + service.getAuthority())
                .post("/sign-out");
        assertThat(out.asString()).contains(issuer.url() + "/end?client_id=muster-pages", "id_token_hint=");
        assertThat(AtTheCompany.page(session, "/api/v1/whoami").statusCode()).isEqualTo(401);
    }

    /** Whoever led a browser to our address with a code of their own would make its owner work as somebody else. */
    @Test
    void a_code_that_this_browser_did_not_ask_for_signs_nobody_in() {
        issuer.signsIn(ana("/audit"));
        Response there = given().redirects().follow(false).get(AtTheCompany.PATH);
        Response back = AtTheCompany.elsewhere(there.header("Location"));

        Response stolen = given().redirects().follow(false).get(back.header("Location"));
        Response forged = given().cookies(there.detailedCookies())
                .redirects()
                .follow(false)
                .get(back.header("Location").replaceFirst("code=[^&]*", "code=guess"));
        Response declined = given().cookies(there.detailedCookies())
                .redirects()
                .follow(false)
                .get(back.header("Location").replaceFirst("code=[^&]*", "error=access_denied"));

        assertThat(List.of(stolen, forged, declined)).allSatisfy(answer -> assertThat(answer.cookie("muster-session"))
                .isNull());
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(declined.statusCode()).isEqualTo(401);
    }

    @Test
    void the_command_is_told_how_to_sign_in() {
        Response answer = given().get("/sign-in/issuers");

        assertThat(answer.<List<String>>path("items.clientId")).containsExactly("muster-command");
        assertThat(answer.<List<String>>path("items.issuer")).containsExactly(issuer.url());
        assertThat(answer.asString()).doesNotContain("shared with the provider");
        assertThat(given().get("/sign-in/with/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void who_calls_too_often_is_told_when_to_come_again() {
        String busy = issuer.sign(issuer.good(Map.of("preferred_username", "busy")));
        Response refused = null;
        for (int i = 0; i < 3_000 && refused == null; i++) {
            Response answer = with(busy).get("/api/v1/whoami");
            refused = answer.statusCode() == 429 ? answer : null;
        }

        assertThat(refused).isNotNull();
        assertThat(refused.<String>path("code")).isEqualTo("TOO_MANY_CALLS");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        String other = issuer.sign(issuer.good(ana("/audit")));
        assertThat(with(other).get("/api/v1/whoami").statusCode()).isEqualTo(200);
    }

    @Test
    void attempts_to_sign_in_are_fewer() {
        int tried = 0;
        int status = 0;
        while (status != 429 && tried++ < 50) {
            status = given().contentType(ContentType.URLENC)
                    .formParam("name", "nobody")
                    .formParam("password", "guess")
                    .post("/sign-in")
                    .statusCode();
        }

        assertThat(status).isEqualTo(429);
        assertThat(tried).isGreaterThan(10);
    }

    @Test
    void a_page_of_an_allowed_origin_may_call_and_its_browser_is_told_so() {
        String console = "https://console.example.com";
        Response asked = given().header("Origin", console)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .options("/api/v1/whoami");
        Response called = with(issuer.sign(issuer.good(ana("/audit"))))
                .header("Origin", console)
                .get("/api/v1/whoami");
        Response foreign = given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .options("/api/v1/whoami");

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(console);
        assertThat(asked.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
        assertThat(called.statusCode()).isEqualTo(200);
        assertThat(called.header("Access-Control-Allow-Origin")).isEqualTo(console);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isNull();
    }

    private void refused(String token, String why) {
        Response answer = with(token).get("/api/v1/audit");
        assertThat(answer.statusCode()).as(why).isEqualTo(401);
        assertThat(answer.<String>path("code")).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.<String>path("detail")).contains(why);
    }

    private Map<String, Object> changed(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(issuer.good(claims));
        changed.put(name, value);
        return changed;
    }

    private Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new HashMap<>(issuer.good(claims));
        changed.remove(name);
        return changed;
    }

    private static Map<String, Object> ana(String... groups) {
        return Map.of("preferred_username", "Ana@Example.com", "realm_access", Map.of("groups", List.of(groups)));
    }

    private static io.restassured.specification.RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    private static void put(String path, String json) throws IOException {
        operator().header("If-Match", "*").body(json).put("/api/v1/" + path);
        operator().body(json).put("/api/v1/" + path);
    }

    private static io.restassured.specification.RequestSpecification operator() throws IOException {
        Path data = Path.of(ConfigProvider.getConfig().getValue("muster.data", String.class));
        return with(Files.readString(data.resolve(Token.FILE)).strip());
    }
}
