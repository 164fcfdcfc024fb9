package dev.muster.session;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PodUse;
import dev.muster.cycle.Heartbeat;
import dev.muster.cycle.Wake;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Every few seconds the leader looks which sessions nobody uses: their people are told, then they end. */
@ApplicationScoped
public class IdleSessions {
    /** Who ends them, in events. Not the cycle's own name: of what that writes the leader takes no notice, as it knows it already. */
    static final String ACTOR = "sessions";
    /** A notebook that waits for its person uses less than this. */
    static final long AT_WORK_MILLI_CPU = 50;

    private static final Logger LOG = Logger.getLogger(IdleSessions.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final IdleRound round;
    private final Cluster cluster;
    private final InstantSource clock;
    private final Wake wake;
    private final SessionTallies tallies;
    private long lookedAt = System.nanoTime();
    private long epoch = -1;
    private Instant watchedFrom = Instant.MAX;

    IdleSessions(IdleRound round, Cluster cluster, InstantSource clock, Wake wake, SessionTallies tallies) {
        this.tallies = tallies;
        this.round = round;
        this.cluster = cluster;
        this.clock = clock;
        this.wake = wake;
    }

    void beat(@Observes Heartbeat beat) {
        if (System.nanoTime() - lookedAt < LOOK_EVERY.toNanos()) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            look(beat.epoch());
        } catch (Leadership.Lost e) {
            LOG.debugf("act=sessions-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Tells and ends what is due now. Who begins to lead, or leads again, first gives everybody time to be seen. */
    public synchronized void look(long by) {
        if (by != epoch) {
            epoch = by;
            watchedFrom = clock.instant();
        }
        // What pods use is asked of the cluster, which takes its time: only where it matters, and before anything is
        // locked.
        if (round.isDue(watchedFrom)) {
            int ended = round.run(by, watchedFrom, atWork());
            tallies.idled(ended);
            if (ended > 0) {
                wake.now();
            }
        }
    }

    /** What works although nobody touches it; nothing where the cluster does not measure it. */
    private Set<AttemptId> atWork() {
        try {
            return cluster.use().orElse(List.of()).stream()
                    .filter(pod -> pod.milliCpu() >= AT_WORK_MILLI_CPU)
                    .map((PodUse pod) -> pod.pod().attempt())
                    .collect(Collectors.toSet());
        } catch (ClusterUnavailable e) {
            return Set.of();
        }
    }
}
