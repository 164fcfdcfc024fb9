package dev.muster.controlplane;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What becomes of a pod on a fake node, as annotations that KWOK's stages read. Without any a pod runs until it is deleted.
 *
 * @param annotations what to put on the pod
 */
public record PodLife(Map<String, String> annotations) {
    private static final String PREFIX = "kwok.muster.dev/";

    public PodLife {
        annotations = Map.copyOf(annotations);
    }

    /** It runs until it is deleted. */
    public static PodLife runs() {
        return new PodLife(Map.of());
    }

    /** It runs for that long and succeeds. */
    public static PodLife runsFor(Duration time) {
        return runs().with("run-time", time.toMillis() + "ms");
    }

    /** It runs for that long and ends with the code. */
    public static PodLife failsAfter(Duration time, int exitCode) {
        return runsFor(time).with("exit-code", Integer.toString(exitCode));
    }

    /** It runs for that long and is killed because it used too much memory. */
    public static PodLife isKilledForMemoryAfter(Duration time) {
        return runsFor(time).with("exit-code", "137").with("end-reason", "OOMKilled");
    }

    /** It runs for that long, then the kubelet throws it out because the node's disk is full. */
    public static PodLife fillsTheDiskAfter(Duration time) {
        return runsFor(time).with("evicted", "ephemeral-storage");
    }

    /** Its containers are never started: it waits for ever for the reason, such as {@code ContainerCreating}. */
    public static PodLife neverStarts(String waitingReason) {
        return runs().with("hangs", waitingReason);
    }

    /** Its containers start that much later. */
    public PodLife startingAfter(Duration delay) {
        return with("start-delay", delay.toMillis() + "ms");
    }

    /** When it is deleted it takes that long to go. */
    public PodLife endingAfter(Duration delay) {
        return with("stop-delay", delay.toMillis() + "ms");
    }

    private PodLife with(String name, String value) {
        Map<String, String> more = new TreeMap<>(annotations);
        more.put(PREFIX + name, value);
        return new PodLife(more);
    }
}
