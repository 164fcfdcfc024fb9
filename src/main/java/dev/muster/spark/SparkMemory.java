package dev.muster.spark;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a Spark pod in MiB, part by part, as Spark adds it up on Kubernetes (BasicDriverFeatureStep,
 * BasicExecutorFeatureStep, ResourceProfile.getResourcesForClusterManager): heap + overhead + off-heap + PySpark.
 */
public record SparkMemory(long heap, long overhead, long offHeap, long pyspark) {
    /** ResourceProfile.MEMORY_OVERHEAD_MIN_MIB. */
    public static final long LEAST_OVERHEAD = 384;

    public long total() {
        return heap + overhead + offHeap + pyspark;
    }

    static SparkMemory ofDriver(SparkPod pod, SparkLanguage language, @Nullable Double factor) {
        return new SparkMemory(pod.memory(), overhead(pod, language, factor), 0, 0);
    }

    /** PySpark's own memory counts where the application is one; off-heap memory since 3.1 (SPARK-32661). */
    static SparkMemory ofExecutor(SparkPod pod, SparkLanguage language, @Nullable Double factor, SparkVersion version) {
        return new SparkMemory(
                pod.memory(),
                overhead(pod, language, factor),
                pod.offHeapMemory() != null && version.isAtLeast(3, 1) ? pod.offHeapMemory() : 0,
                pod.pysparkMemory() != null && language == SparkLanguage.PYTHON ? pod.pysparkMemory() : 0);
    }

    private static long overhead(SparkPod pod, SparkLanguage language, @Nullable Double factor) {
        if (pod.memoryOverhead() != null) {
            return pod.memoryOverhead();
        }
        double share = factor != null ? factor : language.overheadFactor();
        return Math.max((long) (share * pod.memory()), LEAST_OVERHEAD);
    }
}
