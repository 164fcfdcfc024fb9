package dev.muster.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who has signed out at the identity provider is signed out here, at once; only the provider itself can say so. */
@QuarkusTest
@QuarkusTestResource(value = WithTestIssuer.class, restrictToAnnotatedClass = true)
class IssuerSignOutTest {
    private final String there = UUID.randomUUID().toString();
    private final String sub = UUID.randomUUID().toString();

    TestIssuer issuer;

    @Test
    void the_session_is_over_and_others_of_the_same_person_are_not() {
        String ended = session(there);
        String other = session("another");

        assertThat(AtTheCompany.signOut(issuer.sign(issuer.signedOut(there, Map.of("sub", sub))))
                        .statusCode())
                .isEqualTo(200);

        assertThat(whoami(ended)).isEqualTo(401);
        assertThat(whoami(other)).isEqualTo(200);
        // Said twice, or of a session that nobody has, is no fault.
        Response again = AtTheCompany.signOut(issuer.sign(issuer.signedOut(there, Map.of("sub", sub))));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void where_no_session_is_named_all_of_the_person_are_over() {
        String one = session(there);
        String other = session("another");
        Map<String, Object> claims = issuer.signedOut(there, Map.of("sub", sub));
        claims.remove("sid");

        assertThat(AtTheCompany.signOut(issuer.sign(claims)).statusCode()).isEqualTo(200);

        assertThat(List.of(whoami(one), whoami(other))).containsOnly(401);
    }

    @Test
    void a_session_that_began_afterwards_goes_on() {
        String session = session(there);
        long before = Instant.now().getEpochSecond() - 3_600;

        AtTheCompany.signOut(issuer.sign(issuer.signedOut(there, Map.of("sub", sub, "iat", before))));

        assertThat(whoami(session)).isEqualTo(200);
    }

    @Test
    void nobody_else_ends_a_session() {
        String session = session(there);
        Map<String, Object> good = issuer.signedOut(there, Map.of("sub", sub));
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("signed by another", TestIssuer.sign(good, TestIssuer.newKey()));
        bad.put("not signed", TestIssuer.part(Map.of("alg", "none")) + "." + TestIssuer.part(good) + ".");
        bad.put("for others", issuer.sign(changed(good, "aud", "another-service")));
        bad.put("for who calls with tokens", issuer.sign(changed(good, "aud", "muster")));
        bad.put("expired", issuer.sign(changed(good, "exp", Instant.now().getEpochSecond() - 60)));
        bad.put("of another issuer", issuer.sign(changed(good, "iss", "https://evil.example")));
        bad.put("a token to sign in with", issuer.sign(changed(good, "nonce", "n")));
        bad.put("no event", issuer.sign(changed(good, "events", Map.of())));
        bad.put("another event", issuer.sign(changed(good, "events", Map.of("https://example.com/x", Map.of()))));
        bad.put("no JWT", "x");

        bad.forEach((why, token) -> {
            Response answer = AtTheCompany.signOut(token);
            assertThat(answer.statusCode()).as(why + ": " + answer.asString()).isEqualTo(400);
            assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
            assertThat(answer.asString()).doesNotContain("Exception", "dev.muster");
        });
        assertThat(given().post(AtTheCompany.PATH + "/out").statusCode()).isEqualTo(400);
        assertThat(given().contentType(ContentType.URLENC)
                        .formParam("logout_token", issuer.sign(good))
                        .post("/sign-in/with/nobody/out")
                        .statusCode())
                .isEqualTo(404);
        assertThat(whoami(session)).isEqualTo(200);
    }

    private String session(String sid) {
        return AtTheCompany.session(issuer, sub, sid);
    }

    private static int whoami(String session) {
        return AtTheCompany.page(session, "/api/v1/whoami").statusCode();
    }

    private static Map<String, Object> changed(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }
}
