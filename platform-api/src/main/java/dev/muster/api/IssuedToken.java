package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a service calls with. {@code token} is its text, told once, when it is made; {@code narrowing} is NONE,
 * CANCEL_ONLY or READ_ONLY; {@code lifetimeDays} is only asked, for a new one.
 */
public record IssuedToken(
        @Nullable String id,
        @Nullable String subject,
        @Nullable String label,
        @Nullable String narrowing,
        @Nullable Integer lifetimeDays,
        @Nullable String createdBy,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String token) {
    /** One to make; null: for oneself, nothing narrowed, good for 90 days. */
    public static IssuedToken of(
            String label, @Nullable String subject, @Nullable String narrowing, @Nullable Integer lifetimeDays) {
        return new IssuedToken(null, subject, label, narrowing, lifetimeDays, null, null, null, null, null, null);
    }
}
