package dev.muster.cycle;

/** A second has passed on this replica, whether or not it leads. */
public record SecondPassed() {}
