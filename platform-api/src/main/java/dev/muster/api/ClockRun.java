package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets a virtual clock run: to {@code until}, or until nothing is left to happen. */
public record ClockRun(@Nullable Instant until) {}
