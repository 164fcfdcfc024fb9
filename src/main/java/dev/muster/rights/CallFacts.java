package dev.muster.rights;

import org.jspecify.annotations.Nullable;

/** From where a change was asked for, and how whoever asked was known; {@code token} is the id of a token of their own. */
public record CallFacts(
        String means,
        @Nullable String token,
        @Nullable String address,
        @Nullable String agent,
        @Nullable String trace) {}
