package dev.muster.job;

import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.RoleName;

/** Identical pods of a job: {@code minimum} belong to the gang, up to {@code maximum} are elastic. */
public record Role(RoleName name, int minimum, int maximum, boolean leader, PodTemplate pod) {
    /** Most pods that one role may have. */
    public static final int MOST_PODS = 10_000;

    public Role {
        if (minimum < 0 || maximum < Math.max(1, minimum) || maximum > MOST_PODS) {
            throw new IllegalArgumentException(
                    "Role %s has %d to %d pods: expected 0 ≤ minimum ≤ maximum, maximum 1 to %d"
                            .formatted(name, minimum, maximum, MOST_PODS));
        }
        if (leader && (minimum != 1 || maximum != 1)) {
            throw new IllegalArgumentException(
                    "Leader role %s has %d to %d pods: a leader is one pod".formatted(name, minimum, maximum));
        }
    }
}
