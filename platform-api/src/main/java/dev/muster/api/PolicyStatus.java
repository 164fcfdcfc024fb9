package dev.muster.api;

import java.time.Instant;
import java.util.Map;

/** A revision: who applied it when and why, and every field's value by its path, the standard ones included. */
public record PolicyStatus(long revision, String actor, String why, Instant at, Map<String, String> effective) {}
