package dev.muster.api;

/** Back to the values of an earlier revision (0: the standard), as a new one. */
public record PolicyRollback(long revision, String why) {}
