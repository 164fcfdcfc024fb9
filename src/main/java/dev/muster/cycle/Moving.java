package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has the cluster count a gang in the queue that its job is in now. Nothing is kept of it: that the two differ is seen, whoever looks
 * and however often, so what was not told before a crash is told after it.
 */
@ApplicationScoped
class Moving {
    private static final Logger LOG = Logger.getLogger(Moving.class);

    private final Cluster cluster;
    private final LeftAside aside;

    Moving(Cluster cluster, LeftAside aside) {
        this.cluster = cluster;
        this.aside = aside;
    }

    void tell(Job job, Attempt attempt, @Nullable GangStatus seen, World world, Instant now) {
        if (seen == null
                || seen.queue() == null
                || seen.queue().equals(job.spec().queue())
                || attempt.state() == AttemptState.RELEASING
                || job.state() != JobState.RUNNING) {
            return;
        }
        aside.unlessItFails(
                new Suspect(Suspect.Kind.RUNNING, job.id().value()),
                "move",
                () -> {
                    cluster.move(Gangs.of(job, attempt));
                    LOG.infof(
                            "act=moved attempt=%s from=%s to=%s",
                            attempt.id(), seen.queue(), job.spec().queue());
                    return Optional.empty();
                },
                world,
                now);
    }
}
