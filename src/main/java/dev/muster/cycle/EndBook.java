package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodStatus;
import dev.muster.postgres.PodEndStore;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes down how pods ended that others replace, before the cluster forgets them. Written twice is written once: a replica that
 * takes over begins with what the cluster still knows.
 */
@ApplicationScoped
public class EndBook {
    private final PodEndStore store;
    private final Map<AttemptId, Set<String>> written = new HashMap<>();
    private final Map<String, PodStatus> waiting = new HashMap<>();

    EndBook(PodEndStore store) {
        this.store = store;
    }

    void see(GangStatus seen) {
        if (seen.ends().isEmpty()) {
            return;
        }
        Set<String> known = written.getOrDefault(seen.attempt(), Set.of());
        seen.ends().forEach((pod, end) -> {
            if (!known.contains(pod)) {
                waiting.put(pod, end);
            }
        });
    }

    /** What fails is tried again: nothing counts as written before it is. */
    void write() {
        if (waiting.isEmpty()) {
            return;
        }
        store.add(waiting);
        waiting.forEach((pod, end) -> written.computeIfAbsent(end.pod().attempt(), attempt -> new HashSet<>())
                .add(pod));
        waiting.clear();
    }

    /** Nothing ends any more of an attempt that is over. */
    void forget(AttemptId attempt) {
        written.remove(attempt);
    }
}
