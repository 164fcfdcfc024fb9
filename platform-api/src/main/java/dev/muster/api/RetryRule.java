package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Absent fields match anything; {@code action} is RETRY or FAIL. */
public record RetryRule(@Nullable RetryWhen when, String action) {}
