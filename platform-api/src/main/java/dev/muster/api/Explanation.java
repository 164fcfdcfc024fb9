package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a job is where it is: {@code verdict}, which pods its newest attempt lost to what, the primary reason, all that apply, its place in its queue ({@code ahead} jobs go first), and the time of the plan that said so. */
public record Explanation(
        String job,
        String state,
        @Nullable Reason reason,
        List<Reason> all,
        @Nullable Integer ahead,
        @Nullable Instant plannedAt,
        @Nullable ExpectedStart expectedStart,
        @Nullable JobPlace place,
        @Nullable String verdict,
        @Nullable List<String> changes) {}
