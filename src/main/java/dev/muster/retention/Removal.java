package dev.muster.retention;

import dev.muster.postgres.CallbackStore;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.RetentionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** One round: in one transaction of the leader, which may be repeated. */
@ApplicationScoped
class Removal {
    /** Who deletes, in events. */
    static final String ACTOR = "retention";

    private static final Logger LOG = Logger.getLogger(Removal.class);
    private static final int JOBS = 500;
    private static final int EVENTS = 5_000;

    /** What was told, and what was given up, is shown so long. */
    private static final Duration CALLBACKS = Duration.ofDays(7);

    private final RetentionStore store;
    private final CallbackStore callbacks;
    private final Leadership leadership;
    private final InstantSource clock;

    Removal(RetentionStore store, CallbackStore callbacks, Leadership leadership, InstantSource clock) {
        this.store = store;
        this.callbacks = callbacks;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Whether there may be more. */
    @Transactional
    boolean round(long epoch, Kept kept) {
        leadership.requireEpoch(epoch);
        Instant now = clock.instant();
        int lived = store.lived(now, JOBS, ACTOR);
        int old = kept.jobs()
                .map(time -> store.endedBefore(now.minus(time), now, JOBS, ACTOR))
                .orElse(0);
        int events = kept.events()
                .map(time -> store.eventsBefore(now.minus(time), EVENTS))
                .orElse(0);
        store.emptyArrays(JOBS);
        callbacks.deleteBefore(now.minus(CALLBACKS), EVENTS);
        if (lived + old + events > 0) {
            LOG.infof("act=deleted lived=%d old=%d events=%d", lived, old, events);
        }
        return lived == JOBS || old == JOBS || events == EVENTS;
    }
}
