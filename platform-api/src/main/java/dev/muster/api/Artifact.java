package dev.muster.api;

import java.time.Instant;

/**
 * A file that was uploaded for jobs of a team. {@code name} is what it was called then; it is deleted at {@code expiresAt} unless a job
 * names it meanwhile, or one that does has not ended, or ended later than {@code lastUsedAt}.
 */
public record Artifact(
        String sha256,
        String name,
        long bytes,
        String uploadedBy,
        Instant uploadedAt,
        Instant lastUsedAt,
        Instant expiresAt) {}
