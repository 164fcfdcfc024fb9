package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why: a stable code, a sentence with numbers, what would help, and the same numbers for machines. */
public record Reason(
        String code,
        String message,
        @Nullable String hint,
        @Nullable Map<String, String> numbers) {}
