package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A volume: exactly one of emptyDir, persistentVolumeClaim, configMap, secret. */
public record VolumeSpec(
        String name,
        String mountPath,
        @Nullable Boolean readOnly,
        @Nullable EmptyDir emptyDir,
        @Nullable String persistentVolumeClaim,
        @Nullable String configMap,
        @Nullable String secret) {
    /** Scratch space; {@code sizeLimit} is a quantity. */
    public record EmptyDir(@Nullable String sizeLimit) {}
}
