package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9457, with a stable code, what is wrong where, and how to mend it; {@code traceId} finds the request in the service's log. */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        String code,
        @Nullable List<FieldError> errors,
        @Nullable List<String> hints,
        @Nullable Integer retryAfterSeconds,
        @Nullable String traceId) {
    /** {@code pointer} is a JSON pointer into the request; {@code detail} names value and expectation. */
    public record FieldError(String pointer, String code, String detail) {}
}
