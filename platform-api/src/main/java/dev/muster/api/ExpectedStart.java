package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a waiting job is expected to start: not before {@code earliest}, not after {@code latest} (absent where nobody knows), if
 * the assumptions hold. Or not at all as things are: {@code cannot} says why. {@code note}: nobody looked so far.
 */
public record ExpectedStart(
        @Nullable Instant earliest,
        @Nullable Instant latest,
        List<String> assumptions,
        @Nullable Reason cannot,
        @Nullable String note,
        Instant at) {}
