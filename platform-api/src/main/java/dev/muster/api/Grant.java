package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A duty that somebody has. {@code subject} is a person, or {@code service/NAME}; {@code scope} is {@code *}, {@code team/NAME}
 * or {@code queue/NAME} with those below it. {@code by} and {@code at} are given by the service.
 */
public record Grant(
        @Nullable String subject,
        @Nullable String duty,
        @Nullable String scope,
        @Nullable String why,
        @Nullable String by,
        @Nullable Instant at) {
    /** One to give. */
    public static Grant of(String subject, String duty, String scope, @Nullable String why) {
        return new Grant(subject, duty, scope, why, null, null);
    }
}
