package dev.muster.catalogue;

/** How something is written: who does it, what they believe of what is there, and whether it is only tried ({@code dry}). */
public record Edit(String actor, Precondition precondition, boolean dry) {}
