package dev.muster.simulation.load;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that arrives, times in milliseconds. The pods of its last role do the work, those before it (a driver) must be there.
 * {@code mayPreempt}: others may end for it, where a policy lets them. {@code estimate} is what everybody is told of its run time, null where nothing. {@code patience}: an attempt whose gang is
 * still partly bound so long after its first pod fails, and so {@code retries} times at most. {@code failsAt} is the share of
 * its work at which its first attempt fails by its own fault, 0 for none. {@code saves}: how often its work is saved, 0 for never.
 */
public record LoadJob(
        JobId id,
        QueueName queue,
        int priority,
        boolean mayPreempt,
        long arrival,
        List<LoadRole> roles,
        List<Stage> stages,
        @Nullable Long estimate,
        long patience,
        int retries,
        double failsAt,
        long saves) {
    public LoadJob {
        roles = List.copyOf(roles);
        stages = List.copyOf(stages);
        if (roles.isEmpty() || stages.isEmpty() || arrival < 0) {
            throw new IllegalArgumentException(
                    "Job %s: expected roles, stages, an arrival of 0 or later".formatted(id));
        }
    }

    public LoadRole workers() {
        return roles.get(roles.size() - 1);
    }

    /** Pods that start together. */
    public int gang() {
        int pods = 0;
        for (int r = 0; r < roles.size(); r++) {
            pods += roles.get(r).gang();
        }
        return pods;
    }

    /** All work, in seconds of one pod. */
    public double work() {
        return stages.stream().mapToDouble(Stage::podSeconds).sum();
    }
}
