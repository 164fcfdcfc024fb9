package dev.muster.simulation;

import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gangs that are gone, the latest, so that their output can still be read. Forgets the oldest beyond {@link #MOST_PODS}. */
final class History {
    static final int MOST_PODS = 20_000;

    private final Map<AttemptId, SimulatedGang> gone = new LinkedHashMap<>();
    private int pods;

    void add(SimulatedGang gang) {
        gone.put(gang.id(), gang);
        pods += gang.gang().pods();
        while (pods > MOST_PODS && gone.size() > 1) {
            SimulatedGang oldest = gone.values().iterator().next();
            gone.remove(oldest.id());
            pods -= oldest.gang().pods();
        }
    }

    @Nullable
    SimulatedPod pod(PodRef ref) {
        SimulatedGang gang = gone.get(ref.attempt());
        return gang == null ? null : gang.pod(ref);
    }
}
