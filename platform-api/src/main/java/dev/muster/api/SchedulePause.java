package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Why a schedule is paused. */
public record SchedulePause(@Nullable String why) {}
