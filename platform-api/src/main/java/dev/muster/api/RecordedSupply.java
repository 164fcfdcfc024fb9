package dev.muster.api;

import java.time.Instant;

/** A line of a recording: how many ready nodes a pool had from then on. */
public record RecordedSupply(String kind, Instant at, String pool, int nodes) {
    public static final String KIND = "Supply";
}
