package dev.muster.quota.scenario;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queue tree in a scenario's words: every queue by its name, with its parent. */
final class QueueWords {
    private QueueWords() {}

    static Map<String, Object> queues(Snapshot snapshot) {
        Map<String, Object> words = new LinkedHashMap<>();
        snapshot.queues().forEach(queue -> {
            Map<String, Object> own = queue(queue, snapshot.decayedUse().get(queue.name()));
            Instant above = snapshot.aboveSince().get(queue.name());
            if (above != null) {
                own.put("aboveSince", TimeWords.before(above, snapshot.now()));
            }
            words.put(queue.name().value(), own);
        });
        return words;
    }

    /** Launches of the last minute that are over. */
    static List<Map<String, Object>> launchedLately(Snapshot snapshot) {
        return snapshot.launchedLately().stream()
                .map(launch -> {
                    Map<String, Object> words = new LinkedHashMap<>();
                    words.put("queue", launch.queue());
                    if (!launch.user().isEmpty()) {
                        words.put("user", launch.user());
                    }
                    if (launch.priorityClass() != null) {
                        words.put("priorityClass", launch.priorityClass());
                    }
                    words.put("since", TimeWords.before(launch.at(), snapshot.now()));
                    return words;
                })
                .toList();
    }

    private static Map<String, Object> queue(QueueSpec queue, @Nullable Resources recentUse) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (queue.parent() != null) {
            words.put("parent", queue.parent().value());
        }
        if (!queue.guarantee().isZero()) {
            words.put("guarantee", AmountWords.of(queue.guarantee()));
        }
        if (!queue.deserved().equals(queue.guarantee())) {
            words.put("deserved", AmountWords.of(queue.deserved()));
        }
        if (queue.capability() != null) {
            words.put("capability", AmountWords.of(queue.capability()));
        }
        if (queue.weight() != 1) {
            words.put("weight", queue.weight());
        }
        if (!queue.weights().isEmpty()) {
            words.put("weights", AmountWords.byName(queue.weights()));
        }
        if (queue.fence()) {
            words.put("fence", true);
        }
        if (!queue.pools().isEmpty()) {
            words.put("pools", pools(queue.pools()));
        }
        if (queue.state() != QueueState.OPEN) {
            words.put("state", queue.state());
        }
        if (!queue.limits().isEmpty()) {
            words.put("limits", queue.limits().stream().map(QueueWords::limit).toList());
        }
        if (recentUse != null) {
            words.put("recentUse", AmountWords.of(recentUse));
        }
        return words;
    }

    private static Map<String, Object> pools(Map<PoolName, PoolAmounts> pools) {
        Map<String, Object> words = new LinkedHashMap<>();
        new TreeMap<>(pools).forEach((pool, amounts) -> {
            Map<String, Object> own = new LinkedHashMap<>();
            if (!amounts.guarantee().isZero()) {
                own.put("guarantee", AmountWords.of(amounts.guarantee()));
            }
            if (amounts.deserved() != null) {
                own.put("deserved", AmountWords.of(amounts.deserved()));
            }
            if (amounts.capability() != null) {
                own.put("capability", AmountWords.of(amounts.capability()));
            }
            if (!amounts.weights().isEmpty()) {
                own.put("weights", AmountWords.byName(amounts.weights()));
            }
            words.put(pool.value(), own);
        });
        return words;
    }

    private static Map<String, Object> limit(Limit limit) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (limit.eachUser()) {
            words.put("eachUser", true);
        }
        if (limit.priorityClass() != null) {
            words.put("priorityClass", limit.priorityClass());
        }
        if (limit.jobs() != null) {
            words.put("jobs", limit.jobs());
        }
        if (limit.resources() != null) {
            words.put("resources", AmountWords.of(limit.resources()));
        }
        if (limit.launchesPerMinute() != null) {
            words.put("launchesPerMinute", limit.launchesPerMinute());
        }
        return words;
    }
}
