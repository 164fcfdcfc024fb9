package dev.muster.api;

import java.time.Instant;

/** A tick to come: when it is, what the clock on the wall of its zone shows, and the interval of its run. */
public record ScheduleTick(Instant at, String local, Instant intervalStart, Instant intervalEnd) {}
