package dev.muster.cycle;

/** A second has passed on the replica that leads in this epoch. */
public record Heartbeat(long epoch) {}
