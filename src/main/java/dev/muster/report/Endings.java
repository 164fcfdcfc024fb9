package dev.muster.report;

import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Losses;
import dev.muster.postgres.PodEndStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How all pods of an attempt ended, those that others have replaced among them. */
@ApplicationScoped
public class Endings {
    private final PodEndStore ends;

    Endings(PodEndStore ends) {
        this.ends = ends;
    }

    /** {@code pods} as the cluster shows them, or as they were seen last. */
    public Losses of(Job job, Attempt attempt, List<PodStatus> pods) {
        boolean replaced =
                job.spec().roles().stream().anyMatch(role -> role.pod().isMadeByLeader());
        return Losses.of(
                job.spec(),
                pods,
                replaced ? List.copyOf(ends.byPod(attempt.id()).values()) : List.of());
    }
}
