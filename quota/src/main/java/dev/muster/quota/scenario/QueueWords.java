package dev.muster.quota.scenario;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queue tree in a scenario's words: every queue by its name, with its parent. */
final class QueueWords {
    private QueueWords() {}

    static Map<String, Object> queues(List<QueueSpec> queues, Map<QueueName, Resources> recentUse) {
        Map<String, Object> words = new LinkedHashMap<>();
        queues.forEach(queue -> words.put(queue.name().value(), queue(queue, recentUse.get(queue.name()))));
        return words;
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
