package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Kubernetes' taint. */
public record TaintSpec(String key, @Nullable String value, String effect) {}
