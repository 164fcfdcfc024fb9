package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one message to an address. {@code state}: WAITING (for its first or next try, {@code nextAt}), DELIVERED or GIVEN_UP. */
public record CallbackDelivery(
        long id,
        String url,
        String jobState,
        String state,
        int tries,
        Instant at,
        @Nullable Instant nextAt,
        @Nullable Instant deliveredAt,
        @Nullable String lastError) {}
