package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One move or act, never changed. {@code cursor} is opaque: send the last one seen as {@code Last-Event-ID}. */
public record Event(
        String cursor,
        Instant at,
        String type,
        String actor,
        @Nullable String team,
        @Nullable String job,
        @Nullable String jobName,
        @Nullable Integer attempt,
        @Nullable String from,
        @Nullable String to,
        @Nullable Reason reason) {}
