package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Absent fields match anything; {@code action} is RETRY or FAIL; {@code change} is what the next attempt does in another way. */
public record RetryRule(
        @Nullable RetryWhen when, String action, @Nullable RetryChange change) {}
