package dev.muster.api;

/** One thing that can be tuned: its path, the standard value, what a value must be, and what it does. */
public record PolicyField(String path, String standard, String expected, String meaning) {}
