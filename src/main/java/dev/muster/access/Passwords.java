package dev.muster.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is a password, and how it is kept: by bcrypt, which makes guessing slow and takes at most 72 bytes. */
final class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST_BYTES = 72;

    private static final int COST = 12;
    /** Looked at where there is no account, so that both take as long. */
    private static final String NOBODYS = hash("nobody has this one");

    private Passwords() {}

    /** Why it cannot be one; empty where it can. */
    static Optional<String> fault(String name, String password) {
        if (password.length() < SHORTEST) {
            return Optional.of("at least %d characters".formatted(SHORTEST));
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            return Optional.of("at most %d bytes".formatted(LONGEST_BYTES));
        }
        boolean isGuessed =
                password.equalsIgnoreCase(name) || password.chars().distinct().count() < 4;
        return isGuessed ? Optional.of("not the name, and more than three different characters") : Optional.empty();
    }

    static String hash(String password) {
        return BCrypt.withDefaults().hashToString(COST, password.toCharArray());
    }

    /** {@code hash} null: there is no such account; it takes as long and is false. */
    static boolean matches(@Nullable String hash, String password) {
        boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        boolean same =
                BCrypt.verifyer().verify((fits ? password : "").toCharArray(), hash == null ? NOBODYS : hash).verified;
        return same && fits && hash != null;
    }
}
