package dev.muster.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** A browser that signs in to the pages by the identity provider of {@link WithTestIssuer}. */
final class AtTheCompany {
    static final String PATH = "/sign-in/with/corp";

    private AtTheCompany() {}

    /** The answer that opens the pages. */
    static Response signIn(TestIssuer issuer) {
        Response there = given().redirects().follow(false).get(PATH);
        assertThat(there.statusCode()).isEqualTo(302);
        assertThat(there.header("Location"))
                .startsWith(issuer.url() + "/authorize")
                .contains("code_challenge_method=S256", "nonce=");
        Response back = elsewhere(there.header("Location"));
        Response answer = given().cookies(there.detailedCookies())
                .header("Sec-Fetch-Site", "cross-site")
                .redirects()
                .follow(false)
                .get(back.header("Location"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.detailedCookies().asList())
                .filteredOn(cookie -> cookie.getMaxAge() != 0)
                .extracting(io.restassured.http.Cookie::getName)
                .containsExactly("muster-session");
        return answer;
    }

    /** The session of somebody who is {@code sub} there, in {@code sid}, and may read the record here. */
    static String session(TestIssuer issuer, String sub, String sid) {
        issuer.signsIn(Map.of(
                "preferred_username",
                "leaver",
                "sub",
                sub,
                "sid",
                sid,
                "realm_access",
                Map.of("groups", List.of("/audit"))));
        String session = signIn(issuer).cookie("muster-session");
        assertThat(page(session, "/api/v1/whoami").statusCode()).isEqualTo(200);
        return session;
    }

    /** Tells by a token that somebody has signed out there, as a provider does: from no page, without a cookie. */
    static Response signOut(String token) {
        return given().contentType(ContentType.URLENC)
                .formParam("logout_token", token)
                .post(PATH + "/out");
    }

    /** The address is encoded already. */
    static Response elsewhere(String address) {
        return given().urlEncodingEnabled(false).redirects().follow(false).get(address);
    }

    static Response page(String session, String path) {
        return given().cookie("muster-session", session).get(path);
    }
}
