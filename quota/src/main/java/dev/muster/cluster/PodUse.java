package dev.muster.cluster;

import dev.muster.quota.name.PoolName;

/** What a pod used when the cluster looked last: thousandths of a processor, and bytes. */
public record PodUse(PodRef pod, PoolName pool, long milliCpu, long memory) {
    public PodUse {
        if (milliCpu < 0 || memory < 0) {
            throw new IllegalArgumentException(
                    "Pod %s used %dm cpu and %d bytes: expected 0 or more".formatted(pod, milliCpu, memory));
        }
    }
}
