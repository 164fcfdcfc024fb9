package dev.muster.api;

/** One field that would be different. */
public record PolicyChange(String path, String from, String to) {}
