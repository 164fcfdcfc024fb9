package dev.muster.team;

import org.jspecify.annotations.Nullable;

/**
 * How many jobs a team, and each of its people, may submit with a priority class that evicts others, within 24 hours and within
 * seven days; null: any number.
 */
public record RushAllowance(
        @Nullable Integer perDay,
        @Nullable Integer perWeek,
        @Nullable Integer perPersonPerDay,
        @Nullable Integer perPersonPerWeek) {}
