package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identical pods. {@code count} says minimum and maximum at once; else {@code min} and {@code max}. Default one pod. {@code spot: never} keeps
 * them off nodes that their provider may take back, {@code spot: first} on such nodes unless the policy lets them use others.
 */
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
        @Nullable Map<String, String> annotations,
        @Nullable String spot) {
    /** A word of {@code spot}: no node that its provider may take back. */
    public static final String NEVER = "never";

    /** The other word of {@code spot}: such nodes, and others only where the policy's rules and the team's budget let it. */
    public static final String FIRST = "first";

    /** On whatever nodes there are. */
    public RoleSpec(
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
            @Nullable Map<String, String> annotations) {
        this(
                name,
                count,
                min,
                max,
                leader,
                image,
                command,
                args,
                env,
                secretEnv,
                volumes,
                sharedMemory,
                resources,
                nodeAffinity,
                tolerations,
                labels,
                annotations,
                null);
    }
}
