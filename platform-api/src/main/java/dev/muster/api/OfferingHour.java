package dev.muster.api;

import java.time.Instant;

/**
 * How an offering of a pool did in one hour: nodes that {@code came} when they were asked for, that {@code failed} to, that were
 * {@code lost} to the provider; {@code nodeHours} its nodes were there, all together; its breaker was open, and half open, for so many seconds.
 */
public record OfferingHour(
        Instant hour,
        String offering,
        String pool,
        String zone,
        String instanceType,
        boolean spot,
        int came,
        int failed,
        int lost,
        double nodeHours,
        long openSeconds,
        long halfOpenSeconds) {}
