package dev.muster.simulation;

import dev.muster.simulation.placement.BinpackWeights;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How to open a simulated cluster. With a {@link VirtualClock} time moves only by {@link SimulatedCluster#advance}; with any
 * other clock a thread of the cluster lets things happen when they are due. {@code directory} keeps the journal and the
 * processes, null for a cluster that is forgotten when it is closed. {@code localProcesses} says whether the operator allows
 * pools to run commands on this machine; {@code outputLimit} is how many bytes of a process's output are kept.
 */
public record SimulationSettings(
        InstantSource clock,
        @Nullable Path directory,
        boolean localProcesses,
        long outputLimit,
        BinpackWeights binpack) {
    /** 64 MiB. */
    public static final long USUAL_OUTPUT_LIMIT = 64L << 20;

    public SimulationSettings {
        if (outputLimit < 1024) {
            throw new IllegalArgumentException(
                    "Output limit of %d bytes: expected 1024 or more".formatted(outputLimit));
        }
    }

    /** Nothing is kept, nothing runs on this machine. */
    public static SimulationSettings inMemory(InstantSource clock) {
        return new SimulationSettings(clock, null, false, USUAL_OUTPUT_LIMIT, BinpackWeights.VOLCANO);
    }

    /** Kept in {@code directory}, which is made where it is missing. */
    public static SimulationSettings in(Path directory, InstantSource clock) {
        return new SimulationSettings(clock, directory, false, USUAL_OUTPUT_LIMIT, BinpackWeights.VOLCANO);
    }

    public SimulationSettings withLocalProcesses(boolean allowed) {
        return new SimulationSettings(clock, directory, allowed, outputLimit, binpack);
    }

    public SimulationSettings withOutputLimit(long bytes) {
        return new SimulationSettings(clock, directory, localProcesses, bytes, binpack);
    }
}
