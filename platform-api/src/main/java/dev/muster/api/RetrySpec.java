package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a failed attempt is tried again: {@code max} times (default 0) for what the rules say (first match wins, no match fails).
 * {@code platformMax} (default 5) counts evictions, lost nodes and late launches apart. */
public record RetrySpec(
        @Nullable Integer max,
        @Nullable List<RetryRule> rules,
        @Nullable Integer platformMax) {}
