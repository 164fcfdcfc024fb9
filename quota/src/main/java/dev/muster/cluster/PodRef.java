package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.RoleName;

/** One pod of an attempt: the {@code index}th of its role, from 0. Its name in the cluster is {@link #toString()}. */
public record PodRef(AttemptId attempt, RoleName role, int index) {
    @Override
    public String toString() {
        return attempt + "-" + role + "-" + index;
    }
}
