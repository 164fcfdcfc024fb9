package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Taint;
import java.util.List;
import java.util.Map;

/**
 * Nodes that no pod of the snapshot can tell apart but by what is free on them: same pool, taints, allocatable amounts, pod
 * limit and, of the labels that somebody asks for, the same values. They lie side by side, {@code first} to {@code end - 1}.
 */
record Kind(
        int pool,
        PoolName poolName,
        String zone,
        Map<String, String> labels,
        List<Taint> taints,
        long[] allocatable,
        int maxPods,
        int first,
        int end) {
    int nodes() {
        return end - first;
    }

    /** How many pods of this size one such node takes when nothing else is on it. */
    long podsOnEmptyNode(long[] pod) {
        long pods = maxPods;
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > 0) {
                pods = Math.min(pods, allocatable[r] / pod[r]);
            }
        }
        return Math.max(0, pods);
    }
}
