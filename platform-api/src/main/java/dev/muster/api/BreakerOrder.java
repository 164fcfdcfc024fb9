package dev.muster.api;

/** What an operator says of the breaker of a pool: {@code OPEN}, {@code DRAIN} or {@code CLOSE}, and why. */
public record BreakerOrder(String order, String why) {}
