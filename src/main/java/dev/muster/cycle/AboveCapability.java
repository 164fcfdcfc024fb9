package dev.muster.cycle;

import dev.muster.postgres.QueueAboveStore;
import dev.muster.quota.name.QueueName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Since when queues have held more than their capability, as each plan finds them: written when it changes, so that the time goes
 * on counting under the next leader. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class AboveCapability {
    private final QueueAboveStore store;
    private Map<QueueName, Instant> since = Map.of();

    AboveCapability(QueueAboveStore store) {
        this.store = store;
    }

    /** Starts from what is written. */
    void begin() {
        since = store.all();
    }

    Map<QueueName, Instant> since() {
        return since;
    }

    /** These are above now, and no others. */
    void are(Set<QueueName> above, Instant now) {
        if (!above.equals(since.keySet())) {
            Map<QueueName, Instant> next = new TreeMap<>();
            above.forEach(queue -> next.put(queue, since.getOrDefault(queue, now)));
            store.replace(next);
            since = Map.copyOf(next);
        }
    }
}
