package dev.muster.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person who signs in by a password of this installation; {@code passwordAt} null: none was chosen yet. */
public record Account(
        Subject subject,
        String createdBy,
        Instant createdAt,
        @Nullable Instant passwordAt) {}
