package dev.muster.postgres;

import dev.muster.quota.name.TeamName;
import java.time.Instant;

/** A file that was taken in; {@code lastUsedAt} is when it was uploaded, or a job that names it was accepted. */
public record StoredArtifact(
        TeamName team,
        String sha256,
        String name,
        long bytes,
        String uploadedBy,
        Instant uploadedAt,
        Instant lastUsedAt) {}
