package dev.muster.api;

/** Which child of which array a job is. */
public record ArrayIndex(String id, int index, int size) {}
