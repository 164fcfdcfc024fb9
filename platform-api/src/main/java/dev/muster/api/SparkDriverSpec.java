package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver of a Spark application. {@code coreRequest}: a quantity, where it asks for another amount of cpu than its cores. */
public record SparkDriverSpec(
        @Nullable Integer cores,
        @Nullable String coreRequest,
        @Nullable String memory,
        @Nullable String memoryOverhead,
        @Nullable Map<String, String> env,
        @Nullable List<SecretEnv> secretEnv,
        @Nullable List<VolumeSpec> volumes,
        @Nullable NodeAffinitySpec nodeAffinity,
        @Nullable List<TolerationSpec> tolerations,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable String spot) {}
