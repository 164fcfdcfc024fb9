package dev.muster.api;

/** A file that a job brings along: its content by SHA-256, and what its pods find it as below {@code $MUSTER_ARTIFACTS}. */
public record ArtifactRef(String name, String sha256) {}
