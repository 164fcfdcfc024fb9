package dev.muster.cycle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the loop is. {@code cycles} since the process began; {@code at} and {@code took} are of the last one, null before the
 * first; {@code trouble} is what stops it now, null where nothing does. {@code setAside}: attempts in the cluster that the
 * database does not know; {@code sweepWaits}: ended ones in the cluster, too many to be swept without an operator.
 */
public record CycleStatus(
        boolean leads,
        long cycles,
        @Nullable Instant at,
        @Nullable Duration took,
        int pending,
        int live,
        int launched,
        int setAside,
        int sweepWaits,
        @Nullable String trouble) {}
