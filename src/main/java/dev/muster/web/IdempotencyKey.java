package dev.muster.web;

import dev.muster.problem.MusterException;
import dev.muster.submission.Submission;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The header Idempotency-Key: whoever repeats it with the same request within 24 hours gets the first answer. */
final class IdempotencyKey {
    private static final int LONGEST = 255;

    private IdempotencyKey() {}

    /** {@code what} and {@code body} make the request what it is. */
    static Submission.@Nullable Key of(@Nullable String header, String what, byte[] body) {
        if (header == null) {
            return null;
        }
        String key = header.strip();
        // The draft of the header writes a quoted string, most clients do not.
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty() || key.length() > LONGEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw MusterException.invalidParameter(
                    "Idempotency-Key", header, "1 to " + LONGEST + " visible ASCII characters, for example a UUID");
        }
        return new Submission.Key(key, hash(what, body));
    }

    private static byte[] hash(String what, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(what.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
