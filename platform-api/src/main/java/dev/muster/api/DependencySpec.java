package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * Another job that is waited for: its id, the name of a job of the same request, or of the team's. {@code on}: SUCCEEDED (where
 * nothing is said), FINISHED, FAILED.
 */
public record DependencySpec(@Nullable String job, @Nullable String on) {}
