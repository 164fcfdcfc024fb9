package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every resource has. {@code id}, {@code etag}, {@code createdAt} are given by the service; {@code team} is set for jobs. */
public record Metadata(
        String name,
        @Nullable String team,
        @Nullable String id,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable String etag,
        @Nullable Instant createdAt) {
    /** What a client sends. */
    public static Metadata named(String name) {
        return new Metadata(name, null, null, null, null, null, null);
    }
}
