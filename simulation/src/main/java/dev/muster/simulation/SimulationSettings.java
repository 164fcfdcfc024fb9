package dev.muster.simulation;

import dev.muster.cluster.ServiceAddress;
import dev.muster.simulation.placement.BinpackWeights;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to open a simulated cluster. With a {@link VirtualClock} time moves only by {@link SimulatedCluster#advance}; with any
 * other clock a thread of the cluster lets things happen when they are due. {@code directory} keeps the journal and the
 * processes, null for a cluster that is forgotten when it is closed. {@code localProcesses} says whether the operator allows
 * pools to run commands on this machine; {@code outputLimit} is how many bytes of a process's output are kept; {@code service} takes the
 * place of {@link ServiceAddress#LATER} in what a process is told, when it starts.
 */
public record SimulationSettings(
        InstantSource clock,
        @Nullable Path directory,
        boolean localProcesses,
        long outputLimit,
        BinpackWeights binpack,
        Supplier<String> service) {
    /** 64 MiB. */
    public static final long USUAL_OUTPUT_LIMIT = 64L << 20;

    private static final Supplier<String> NOWHERE = () -> ServiceAddress.LATER;

    public SimulationSettings {
        if (outputLimit < 1024) {
            throw new IllegalArgumentException(
                    "Output limit of %d bytes: expected 1024 or more".formatted(outputLimit));
        }
    }

    /** Nothing is kept, nothing runs on this machine. */
    public static SimulationSettings inMemory(InstantSource clock) {
        return new SimulationSettings(clock, null, false, USUAL_OUTPUT_LIMIT, BinpackWeights.VOLCANO, NOWHERE);
    }

    /** Kept in {@code directory}, which is made where it is missing. */
    public static SimulationSettings in(Path directory, InstantSource clock) {
        return new SimulationSettings(clock, directory, false, USUAL_OUTPUT_LIMIT, BinpackWeights.VOLCANO, NOWHERE);
    }

    boolean isVirtual() {
        return clock instanceof VirtualClock;
    }

    public SimulationSettings withLocalProcesses(boolean allowed) {
        return new SimulationSettings(clock, directory, allowed, outputLimit, binpack, service);
    }

    public SimulationSettings withOutputLimit(long bytes) {
        return new SimulationSettings(clock, directory, localProcesses, bytes, binpack, service);
    }

    /** Where processes reach the program that opens the cluster: asked for when one starts, since it may be another place by then. */
    public SimulationSettings withService(Supplier<String> address) {
        return new SimulationSettings(clock, directory, localProcesses, outputLimit, binpack, address);
    }
}
