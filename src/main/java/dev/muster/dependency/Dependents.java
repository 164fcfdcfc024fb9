package dev.muster.dependency;

import dev.muster.cycle.Heartbeat;
import dev.muster.cycle.Wake;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Each second the leader looks whether somebody who is waited for has ended, and whose turn it is in an array. */
@ApplicationScoped
public class Dependents {
    private static final Logger LOG = Logger.getLogger(Dependents.class);
    /** A chain of which each fails the next is followed so far in one look. */
    private static final int MOST_ROUNDS = 100;

    private final Unblocking unblocking;
    private final ArrayTurns turns;
    private final Wake wake;

    Dependents(Unblocking unblocking, ArrayTurns turns, Wake wake) {
        this.turns = turns;
        this.unblocking = unblocking;
        this.wake = wake;
    }

    void beat(@Observes Heartbeat beat) {
        try {
            look(beat.epoch());
        } catch (Leadership.Lost e) {
            LOG.debugf("act=dependents-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // During an outage nobody goes on, and nobody is forgotten.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Moves all that can be moved now. */
    public void look(long epoch) {
        boolean moved = false;
        for (int round = 0; round < MOST_ROUNDS && turns.round(epoch) + unblocking.round(epoch) > 0; round++) {
            moved = true;
        }
        if (moved) {
            wake.now();
        }
    }
}
