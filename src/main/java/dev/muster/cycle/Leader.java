package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Whether this replica plans. Its times are the database's, never the virtual clock's. */
@ApplicationScoped
public class Leader {
    /** How long a leader that says nothing stays the leader. Renewed three times in that time. */
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(Leader.class);
    private static final long NOBODY = -1;

    private final Leadership leadership;
    private final Settings settings;
    private final String name = "muster-" + UUID.randomUUID();
    private volatile long epoch = NOBODY;
    private boolean first = true;

    Leader(Leadership leadership, Settings settings) {
        this.leadership = leadership;
        this.settings = settings;
    }

    public boolean leads() {
        return epoch != NOBODY;
    }

    long epoch() {
        return epoch;
    }

    /**
     * Tries to become the leader; true where it is one now. The owner of an embedded database knows that every earlier leader
     * is dead, and waits for nobody.
     */
    boolean acquire() {
        if (!leads()) {
            boolean alone = first && settings.database() == Settings.Database.EMBEDDED;
            OptionalLong taken =
                    alone ? OptionalLong.of(leadership.takeOver(name, LEASE)) : leadership.acquire(name, LEASE);
            first = false;
            taken.ifPresent(won -> {
                epoch = won;
                LOG.infof("act=leads replica=%s epoch=%d", name, won);
            });
        }
        return leads();
    }

    /** Says that this leader is alive; where another one has taken over it stops. */
    void renew() {
        long mine = epoch;
        try {
            if (mine != NOBODY && !leadership.renew(mine, LEASE)) {
                lost();
            }
        } catch (RuntimeException e) {
            // During an outage nobody else can take over either; the cycle finds out itself who leads afterwards.
            DatabaseUnavailable outage = DatabaseUnavailable.in(e).orElseThrow(() -> e);
            LOG.warnf("act=lease-not-renewed why=\"%s\"", outage.getMessage());
        }
    }

    void lost() {
        LOG.warnf("act=leads-no-more replica=%s epoch=%d", name, epoch);
        epoch = NOBODY;
    }

    /** Lets another replica lead at once. */
    void resign() {
        long mine = epoch;
        if (mine != NOBODY) {
            leadership.resign(mine);
            epoch = NOBODY;
        }
    }
}
