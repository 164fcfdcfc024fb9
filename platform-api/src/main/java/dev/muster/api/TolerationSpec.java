package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Kubernetes' toleration: {@code operator} Equal (default) or Exists, {@code effect} NoSchedule, PreferNoSchedule, NoExecute or absent. */
public record TolerationSpec(
        @Nullable String key,
        @Nullable String operator,
        @Nullable String value,
        @Nullable String effect) {}
