package dev.muster.api;

import java.util.Map;

/** What a team has now. */
public record TeamStatus(Map<String, Integer> jobsByState) {}
