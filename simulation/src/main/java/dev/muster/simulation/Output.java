package dev.muster.simulation;

import dev.muster.cluster.LogChunk;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pod's output as the world knows it; that of a local pod is in its file. */
record Output(boolean unknown, boolean local, boolean ended, byte[] simulated) {
    static Output of(@Nullable SimulatedPod pod) {
        return pod == null
                ? new Output(true, false, false, new byte[0])
                : new Output(false, pod.local(), pod.ended(), Narrative.of(pod));
    }

    LogChunk chunk(long offset, int limit) {
        int from = (int) Math.min(offset, simulated.length);
        int to = (int) Math.min(simulated.length, from + (long) limit);
        return new LogChunk(offset, Arrays.copyOfRange(simulated, from, to), ended && to == simulated.length);
    }
}
