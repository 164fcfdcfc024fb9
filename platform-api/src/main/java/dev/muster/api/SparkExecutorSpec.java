package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The executors of a Spark application: {@code instances} of them, or with dynamic allocation {@code min} to {@code max}, of which
 * {@code initial} belong to the gang.
 */
public record SparkExecutorSpec(
        @Nullable Integer instances,
        @Nullable Integer min,
        @Nullable Integer initial,
        @Nullable Integer max,
        @Nullable Integer cores,
        @Nullable String coreRequest,
        @Nullable String memory,
        @Nullable String memoryOverhead,
        @Nullable String offHeapMemory,
        @Nullable String pysparkMemory,
        @Nullable Map<String, String> env,
        @Nullable List<SecretEnv> secretEnv,
        @Nullable List<VolumeSpec> volumes,
        @Nullable NodeAffinitySpec nodeAffinity,
        @Nullable List<TolerationSpec> tolerations,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable String spot) {}
