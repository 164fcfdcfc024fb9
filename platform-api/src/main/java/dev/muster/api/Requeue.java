package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Why a job goes back to its queue. */
public record Requeue(@Nullable String why) {}
