package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Has the lost pods of a gang below its minimum made again, where it can go on with others. Nothing is kept of it: what is lost is
 * seen, and a pod that has been made again is not lost, so it may be told again by anybody.
 */
@ApplicationScoped
public class Replacing {
    private static final Logger LOG = Logger.getLogger(Replacing.class);

    private final Cluster cluster;
    private final InForce inForce;
    private final LeftAside aside;

    Replacing(Cluster cluster, InForce inForce, LeftAside aside) {
        this.cluster = cluster;
        this.inForce = inForce;
        this.aside = aside;
    }

    void tell(Attempt attempt, World world, Instant now) {
        if (attempt.state() != AttemptState.RECOVERING) {
            return;
        }
        aside.unlessItFails(
                new Suspect(Suspect.Kind.RUNNING, attempt.id().job().value()),
                "replace the lost pods of",
                () -> {
                    replace(attempt, world, now);
                    return Optional.empty();
                },
                world,
                now);
    }

    private void replace(Attempt attempt, World world, Instant now) {
        GangStatus seen = cluster.status(attempt.id()).orElse(null);
        Job job = world.job(attempt.id().job()).orElse(null);
        if (seen == null || job == null || job.state() != JobState.RUNNING) {
            return;
        }
        Set<PodRef> lost = AttemptRules.toReplace(job.spec(), attempt.state(), seen);
        if (!lost.isEmpty()) {
            cluster.replace(Gangs.of(job, attempt).withLeastGrace(inForce.leastGrace()), lost);
            LOG.infof("act=replaced attempt=%s pods=%d", attempt.id(), lost.size());
            world.put(attempt, cluster.status(attempt.id()).orElse(null), now);
        }
    }
}
