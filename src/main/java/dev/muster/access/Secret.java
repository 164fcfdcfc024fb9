package dev.muster.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random texts that nobody guesses, and what is kept of them. */
final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Secret() {}

    /** 256 random bits behind {@code prefix}: 43 characters of letters, digits, '-', '_'. */
    static String text(String prefix) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /** A short name for lists, no secret. */
    static String id() {
        return HexFormat.of().formatHex(bytes(6));
    }

    /** Enough for what has 256 random bits: nobody gets back from it. */
    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
