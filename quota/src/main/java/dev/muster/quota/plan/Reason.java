package dev.muster.quota.plan;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A reason with its numbers. {@code message} is a whole sentence with numbers and names ("needs 20 × (4 cpu, 18Gi); pool
 * spot-a fits 11"), {@code hint} says what would make it run, {@code numbers} are the same figures for machines.
 */
public record Reason(
        ReasonCode code, String message, @Nullable String hint, Map<String, String> numbers) {
    public Reason {
        numbers = java.util.Collections.unmodifiableMap(new TreeMap<>(numbers));
    }
}
