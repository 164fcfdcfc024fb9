package dev.muster.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;

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

    /** The address is encoded already. */
    static Response elsewhere(String address) {
        return given().urlEncodingEnabled(false).redirects().follow(false).get(address);
    }

    static Response page(String session, String path) {
        return given().cookie("muster-session", session).get(path);
    }
}
