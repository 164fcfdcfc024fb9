package dev.muster.spark;

import dev.muster.cluster.PodTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What was said of the driver or of an executor. {@code coreRequest} in thousandths, null: as many as {@code cores}; memory in MiB,
 * null: Spark's own rule. {@code pod} has what it shares with pods of other jobs: no image, command or resources yet.
 */
public record SparkPod(
        int cores,
        @Nullable Long coreRequest,
        long memory,
        @Nullable Long memoryOverhead,
        @Nullable Long offHeapMemory,
        @Nullable Long pysparkMemory,
        PodTemplate pod) {
    public SparkPod {
        if (cores < 1 || memory < 1) {
            throw new IllegalArgumentException(
                    "A pod of Spark has %d cores and %d MiB: expected 1 or more of both".formatted(cores, memory));
        }
    }

    /** Thousandths of a core that the pod asks for. */
    public long milliCores() {
        return coreRequest != null ? coreRequest : cores * 1000L;
    }

    /** The same with so much of its memory, each part of it. */
    SparkPod withMemory(int percent) {
        return percent == 100
                ? this
                : new SparkPod(
                        cores,
                        coreRequest,
                        part(memory, percent),
                        memoryOverhead == null ? null : part(memoryOverhead, percent),
                        offHeapMemory == null ? null : part(offHeapMemory, percent),
                        pysparkMemory == null ? null : part(pysparkMemory, percent),
                        pod);
    }

    private static long part(long mebibytes, int percent) {
        return Math.max(1, Math.multiplyExact(mebibytes, percent) / 100);
    }

    SparkPod with(PodTemplate other) {
        return new SparkPod(cores, coreRequest, memory, memoryOverhead, offHeapMemory, pysparkMemory, other);
    }
}
