package dev.muster.access;

import dev.muster.problem.MusterException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationRedirectException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Says in words why a token was not taken: to who holds it that is no secret, and else they would have to guess. */
final class IssuerRefusals {
    private static final Map<Integer, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(ErrorCodes.SIGNATURE_MISSING, "is not signed");
        WORDS.put(ErrorCodes.SIGNATURE_INVALID, "is not signed by a key of its issuer");
        WORDS.put(ErrorCodes.EXPIRED, "has expired");
        WORDS.put(ErrorCodes.EXPIRATION_MISSING, "says not when it ends");
        WORDS.put(ErrorCodes.NOT_YET_VALID, "is not valid yet");
        WORDS.put(ErrorCodes.AUDIENCE_MISSING, "says not for whom it is meant");
        WORDS.put(ErrorCodes.AUDIENCE_INVALID, "is meant for others");
        WORDS.put(ErrorCodes.ISSUER_INVALID, "is of another issuer");
        WORDS.put(ErrorCodes.ISSUER_MISSING, "is of another issuer");
    }

    private IssuerRefusals() {}

    /** What led the framework elsewhere stays what it is. */
    static Throwable of(Issuer issuer, Throwable failed) {
        boolean isAway = false;
        boolean isRefusal = false;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof MusterException || cause instanceof AuthenticationRedirectException) {
                return cause;
            }
            if (cause instanceof InvalidJwtException invalid) {
                return notGood(issuer, words(invalid, issuer));
            }
            isAway |= cause instanceof IOException || cause instanceof TimeoutException;
            // It has answered, and not with what the code of somebody who signs in should get.
            isRefusal |= cause instanceof AuthenticationCompletionException;
            isAway |= cause instanceof OIDCException && !isRefusal;
        }
        return isAway ? MusterException.issuerUnavailable(issuer.label(), failed) : notGood(issuer, "is not good");
    }

    private static String words(InvalidJwtException invalid, Issuer issuer) {
        for (Map.Entry<Integer, String> words : WORDS.entrySet()) {
            if (invalid.hasErrorCode(words.getKey())) {
                boolean isAudience =
                        words.getKey() == ErrorCodes.AUDIENCE_INVALID || words.getKey() == ErrorCodes.AUDIENCE_MISSING;
                return words.getValue()
                        + (isAudience
                                ? ": expected the audience "
                                        + String.join(" or ", issuer.settings().audience())
                                : "");
            }
        }
        return "is not signed by a key of its issuer, or not as it signs";
    }

    private static MusterException notGood(Issuer issuer, String why) {
        return MusterException.unauthenticated("The token of %s %s".formatted(issuer.label(), why));
    }
}
