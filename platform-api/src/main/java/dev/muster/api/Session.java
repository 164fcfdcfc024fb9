package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that its owner uses through a port, as long as it has not ended. {@code address} stays, and leads the owner into it.
 * {@code usedAt}: its last use, absent before the first; {@code endsAt}: unless somebody uses it; {@code idle}: its owner was told so.
 * {@code warm}: it started on nodes that were there already; {@code reason}: why it still waits.
 */
public record Session(
        String id,
        String name,
        String team,
        String queue,
        String owner,
        String state,
        String address,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant usedAt,
        @Nullable String idleTimeout,
        @Nullable Instant endsAt,
        @Nullable Boolean idle,
        @Nullable Boolean warm,
        @Nullable Reason reason) {}
