package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.postgres.PodEndStore;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** All that is known of the attempt; read only where something may follow from it. */
    List<PodStatus> of(Job job, Attempt attempt, @Nullable GangStatus seen) {
        Map<String, PodStatus> ends = new HashMap<>(seen == null ? Map.of() : seen.ends());
        boolean asks = job.spec().retry().rules().stream().anyMatch(rule -> rule.lost() != null);
        if (asks && seen != null && isLeaderDone(job, seen)) {
            ends.putAll(store.byPod(attempt.id()));
        }
        return List.copyOf(ends.values());
    }

    private static boolean isLeaderDone(Job job, GangStatus seen) {
        return seen.pods().stream().filter(pod -> pod.phase().isFinal()).anyMatch(pod -> job.spec().roles().stream()
                .anyMatch(role -> role.leader() && role.name().equals(pod.pod().role())));
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
