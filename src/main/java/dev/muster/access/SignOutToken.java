package dev.muster.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.problem.MusterException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says when somebody has signed out there (OpenID Connect Back-Channel Logout 1.0): of one session, or,
 * where it names none, of all of a person's.
 */
record SignOutToken(@Nullable String session, @Nullable String subject, Instant at) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "events";
    private static final String SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout";

    /**
     * {@code verified}: its signature, issuer, audience and end are good.
     *
     * @throws MusterException where it is a token for something else
     */
    static SignOutToken of(Issuer issuer, String verified) {
        JsonNode claims = claims(verified);
        if (!claims.path(EVENTS).path(SIGNED_OUT).isObject()) {
            throw notOne(issuer, "its claim 'events' has no " + SIGNED_OUT);
        }
        if (claims.has("nonce")) {
            throw notOne(issuer, "it has a nonce, as tokens have that sign somebody in");
        }
        String session = claims.path("sid").textValue();
        String subject = claims.path("sub").textValue();
        if (session == null && subject == null) {
            throw notOne(issuer, "it has neither 'sid' nor 'sub'");
        }
        return new SignOutToken(
                session, subject, Instant.ofEpochSecond(claims.path("iat").asLong()));
    }

    /** True for one that says that something has happened: it lets nobody in. */
    static boolean tellsAnEvent(String verified) {
        return claims(verified).has(EVENTS);
    }

    private static JsonNode claims(String token) {
        try {
            String content = token.split("\\.", -1)[1];
            return JSON.readTree(new String(Base64.getUrlDecoder().decode(content), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Verified, and no JSON", e);
        }
    }

    private static MusterException notOne(Issuer issuer, String why) {
        return MusterException.unauthenticated("The token of %s ends no session: %s".formatted(issuer.label(), why));
    }
}
