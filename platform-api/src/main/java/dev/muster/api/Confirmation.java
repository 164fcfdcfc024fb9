package dev.muster.api;

/** Says that what was listed is meant. */
public record Confirmation(String confirmation) {}
