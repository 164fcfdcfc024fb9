package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Identical pods. {@code count} says minimum and maximum at once; else {@code min} and {@code max}. Default one pod. */
public record RoleSpec(
        String name,
        @Nullable Integer count,
        @Nullable Integer min,
        @Nullable Integer max,
        @Nullable Boolean leader,
        @Nullable String image,
        @Nullable List<String> command,
        @Nullable List<String> args,
        @Nullable Map<String, String> env,
        @Nullable List<SecretEnv> secretEnv,
        @Nullable List<VolumeSpec> volumes,
        @Nullable String sharedMemory,
        Map<String, String> resources,
        @Nullable NodeAffinitySpec nodeAffinity,
        @Nullable List<TolerationSpec> tolerations,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations) {}
