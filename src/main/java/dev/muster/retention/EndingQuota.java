package dev.muster.retention;

import dev.muster.cycle.Heartbeat;
import dev.muster.cycle.Wake;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.QuotaRequestStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;

/** Each second the leader ends what queues had for a time. */
@ApplicationScoped
public class EndingQuota {
    private final QuotaRequestStore store;
    private final Wake wake;
    private final InstantSource clock;

    EndingQuota(QuotaRequestStore store, Wake wake, InstantSource clock) {
        this.store = store;
        this.wake = wake;
        this.clock = clock;
    }

    void beat(@Observes Heartbeat beat) {
        try {
            look();
        } catch (RuntimeException e) {
            // What is over in an outage ends after it.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Ends what is over now. */
    public void look() {
        if (store.end(clock.instant()) > 0) {
            wake.now();
        }
    }
}
