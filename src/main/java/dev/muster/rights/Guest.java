package dev.muster.rights;

import java.util.List;

/**
 * Somebody whom another vouches for: an identity provider, or the cluster. {@code grants} are what that gives them, beside what
 * they were given here; {@code by} names who vouches.
 */
public record Guest(Subject subject, String by, List<Grant> grants) {
    public Guest {
        grants = List.copyOf(grants);
    }
}
