package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;

/**
 * A pod above the minimum of a role, to be made in {@code pool}. {@code index} goes on where the gang's own pods of the role
 * end; the caller never gives one index to two pods of an attempt.
 */
public record ElasticPod(RoleName role, int index, PoolName pool, PodTemplate template) {
    public ElasticPod {
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Elastic pod of role %s has number %d: expected 0 or more".formatted(role, index));
        }
    }

    public PodRef of(AttemptId attempt) {
        return new PodRef(attempt, role, index);
    }
}
