package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.RoleName;
import java.util.Comparator;

/** One pod of an attempt: the {@code index}th of its role, from 0. Its name in the cluster is {@link #toString()}. */
public record PodRef(AttemptId attempt, RoleName role, int index) {
    public static final Comparator<PodRef> ORDER =
            Comparator.comparing(PodRef::attempt).thenComparing(PodRef::role).thenComparingInt(PodRef::index);

    @Override
    public String toString() {
        return attempt + "-" + role + "-" + index;
    }
}
