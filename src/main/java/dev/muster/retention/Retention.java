package dev.muster.retention;

import dev.muster.Settings;
import dev.muster.cycle.Heartbeat;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Each second the leader deletes what is over, in batches, and never so much at once that others would wait. */
@ApplicationScoped
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int MOST_ROUNDS = 20;

    private final Removal removal;
    private final Kept kept;

    Retention(Removal removal, Settings settings) {
        this.kept = Kept.by(settings);
        this.removal = removal;
    }

    void beat(@Observes Heartbeat beat) {
        try {
            look(beat.epoch(), kept);
        } catch (Leadership.Lost e) {
            LOG.debugf("act=retention-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // What an outage leaves is deleted after it.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Deletes what may be deleted now. */
    public void look(long epoch, Kept limits) {
        for (int round = 0; round < MOST_ROUNDS && removal.round(epoch, limits); round++) {
            // Until nothing is left.
        }
    }
}
