package dev.muster.submission;

import dev.muster.quota.name.TeamName;
import org.jspecify.annotations.Nullable;

/** Who submits for which team; {@code dry}: every check and no change; {@code key}: what makes a repeated request the same. */
public record Submission(
        String actor, TeamName team, boolean dry, @Nullable Key key) {
    /** A caller's idempotency key and the hash of everything that makes the request what it is. */
    public record Key(String value, byte[] hash) {}
}
