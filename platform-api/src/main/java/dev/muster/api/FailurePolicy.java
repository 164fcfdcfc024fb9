package dev.muster.api;

import java.util.Map;

/** How many pods of a role may fail before the attempt does. Default 0 for every role. */
public record FailurePolicy(Map<String, Integer> toleratedFailures) {}
