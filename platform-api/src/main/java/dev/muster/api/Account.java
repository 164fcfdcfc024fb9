package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in by a password of this installation. {@code link} is where the password is chosen, once, until
 * {@code linkEndsAt}: told when it is made.
 */
public record Account(
        @Nullable String name,
        @Nullable String createdBy,
        @Nullable Instant createdAt,
        @Nullable Instant passwordAt,
        @Nullable String link,
        @Nullable Instant linkEndsAt) {
    /** One to make. */
    public static Account of(String name) {
        return new Account(name, null, null, null, null, null);
    }
}
