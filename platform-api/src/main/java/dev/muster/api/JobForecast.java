package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a job would take and cost at most: on spot nodes where its roles may use some ({@code capacity} spot), or on none.
 * {@code pools} by role; {@code work} is the run time that is expected; {@code expected} and {@code held} how long it takes and how
 * long its nodes are paid for, absent where interruptions would keep it from ever ending; {@code interruptions} how often it begins
 * anew; {@code cost} in the currency of the pools' prices, absent where one has none.
 */
public record JobForecast(
        String capacity,
        Map<String, String> pools,
        int nodes,
        String work,
        @Nullable String expected,
        @Nullable String held,
        @Nullable Double interruptions,
        @Nullable String cost) {}
