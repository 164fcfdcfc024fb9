package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the cluster said has changed since the last look: attempts, and whether the nodes did. Safe for any thread. */
@ApplicationScoped
public class Noticed {
    private final Wake wake;
    private Set<AttemptId> attempts = new TreeSet<>();
    private boolean nodes = true;

    Noticed(Wake wake) {
        this.wake = wake;
    }

    void listenTo(Cluster cluster) {
        cluster.onChange(this::changed);
    }

    private void changed(Optional<AttemptId> attempt) {
        synchronized (this) {
            if (attempt.isPresent()) {
                attempts.add(attempt.get());
            } else {
                nodes = true;
            }
        }
        wake.now();
    }

    /** Looks at this attempt in the next cycle, whatever the cluster says. */
    void again(AttemptId attempt) {
        changed(Optional.of(attempt));
    }

    /** The attempts, sorted; they are forgotten here. */
    synchronized Set<AttemptId> takeAttempts() {
        Set<AttemptId> taken = attempts;
        attempts = new TreeSet<>();
        return taken;
    }

    /** Whether the nodes changed; true the first time. */
    synchronized boolean takeNodes() {
        boolean taken = nodes;
        nodes = false;
        return taken;
    }

    /** Something waits to be looked at. */
    synchronized boolean isAny() {
        return nodes || !attempts.isEmpty();
    }
}
