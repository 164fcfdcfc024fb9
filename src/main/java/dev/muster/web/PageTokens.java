package dev.muster.web;

import dev.muster.access.Token;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of pages: where the next page begins, signed together with the list and its parameters, so that a token of another
 * list, of another filter, or one that somebody changed is refused.
 */
@ApplicationScoped
public class PageTokens {
    private static final String PURPOSE = "page";
    private static final int SIGNATURE_BYTES = 16;

    private final Token secret;

    PageTokens(Token secret) {
        this.secret = secret;
    }

    /** {@code list} names the list and everything that makes it what it is; {@code position} where to go on. */
    String make(String list, String position) {
        byte[] place = position.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(signature(list, position), SIGNATURE_BYTES + place.length);
        System.arraycopy(place, 0, token, SIGNATURE_BYTES, place.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The position, null for the first page. */
    @Nullable
    String open(String list, @Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        byte[] bytes = decode(token);
        String position = new String(bytes, SIGNATURE_BYTES, bytes.length - SIGNATURE_BYTES, StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature(list, position), Arrays.copyOf(bytes, SIGNATURE_BYTES))) {
            throw MusterException.invalidPageToken();
        }
        return position;
    }

    private byte[] signature(String list, String position) {
        return Arrays.copyOf(secret.sign(PURPOSE, list + "\n" + position), SIGNATURE_BYTES);
    }

    private static byte[] decode(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (token.length() <= 1024 && bytes.length >= SIGNATURE_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one refusal.
        }
        throw MusterException.invalidPageToken();
    }
}
