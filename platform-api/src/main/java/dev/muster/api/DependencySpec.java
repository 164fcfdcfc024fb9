package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * Another job or array that is waited for: its id, the name of one of the same request, or of the team's. {@code on}: SUCCEEDED (where
 * nothing is said), FINISHED, FAILED. {@code sameIndex}: of an array, only the child with the index of the one that waits.
 */
public record DependencySpec(
        @Nullable String job, @Nullable String on, @Nullable Boolean sameIndex) {
    public DependencySpec(@Nullable String job, @Nullable String on) {
        this(job, on, null);
    }
}
