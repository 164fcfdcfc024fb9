package dev.muster.team;

import java.time.Instant;

/** A job that somebody submitted with a class that evicts others. */
public record RushUse(String actor, Instant at) {}
