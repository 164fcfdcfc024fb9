package dev.muster.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody calls with, without its text: {@code id} names it in lists and in the record, {@code label} for people. */
public record IssuedToken(
        String id,
        Subject subject,
        String label,
        Narrowing narrowing,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    public boolean isGood(Instant now) {
        return revokedAt == null && expiresAt.isAfter(now);
    }
}
