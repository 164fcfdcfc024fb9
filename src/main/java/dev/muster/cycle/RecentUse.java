package dev.muster.cycle;

import dev.muster.postgres.QueueUseStore;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.DecayedUse;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.resource.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What each leaf used of late, for queues whose turns go by it: a mean that forgets half in each half-life. Kept up with every
 * plan and written now and then, so a crash costs seconds of it. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class RecentUse {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(10);

    private final QueueUseStore store;
    private Map<QueueName, Map<String, Double>> means = new HashMap<>();
    private Map<QueueName, Resources> held = Map.of();
    private @Nullable Instant at;
    private long writtenAt = System.nanoTime();

    RecentUse(QueueUseStore store) {
        this.store = store;
    }

    /** Starts from what is written; what was held while nobody looked is taken for what is held now. */
    void begin() {
        means = new HashMap<>();
        at = null;
        store.all().forEach((queue, used) -> {
            means.put(queue, new TreeMap<>(used.mean()));
            at = at == null || used.at().isBefore(at) ? used.at() : at;
        });
        held = Map.of();
    }

    /** The means now; nothing where the half-life is zero: then turns go by what queues hold. */
    Map<QueueName, Resources> at(Instant now, List<LiveAttempt> live, Duration halfLife) {
        if (halfLife.isZero()) {
            means.clear();
            at = null;
            return Map.of();
        }
        Map<QueueName, Resources> holdsNow = held(live);
        if (at == null) {
            holdsNow.forEach(
                    (queue, amounts) -> means.put(queue, mean(Map.of(), amounts, Duration.ZERO, Duration.ZERO)));
        } else {
            Map<QueueName, Resources> since = held.isEmpty() ? holdsNow : held;
            Duration elapsed = Duration.between(at, now);
            TreeSet<QueueName> queues = new TreeSet<>(means.keySet());
            queues.addAll(since.keySet());
            queues.forEach(queue -> means.put(
                    queue,
                    mean(
                            means.getOrDefault(queue, Map.of()),
                            since.getOrDefault(queue, Resources.NONE),
                            elapsed,
                            halfLife)));
            means.values().removeIf(Map::isEmpty);
        }
        at = now;
        held = holdsNow;
        write(now);
        Map<QueueName, Resources> rounded = new HashMap<>();
        means.forEach((queue, mean) -> rounded.put(queue, rounded(mean)));
        return rounded;
    }

    private void write(Instant now) {
        if (System.nanoTime() - writtenAt >= WRITE_EVERY.toNanos()) {
            writtenAt = System.nanoTime();
            Map<QueueName, QueueUseStore.Used> all = new HashMap<>();
            means.forEach((queue, mean) -> all.put(queue, new QueueUseStore.Used(mean, now)));
            store.replace(all);
        }
    }

    private static Map<QueueName, Resources> held(List<LiveAttempt> live) {
        Map<QueueName, Resources> held = new HashMap<>();
        live.forEach(attempt -> attempt.pods()
                .forEach(pods -> held.merge(attempt.queue(), pods.pod().times(pods.count()), Resources::plus)));
        return held;
    }

    /** Without what is too little to count. */
    private static Map<String, Double> mean(
            Map<String, Double> before, Resources amounts, Duration elapsed, Duration halfLife) {
        Map<String, Double> after = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(amounts.names());
        for (String name : names) {
            double mean = DecayedUse.after(before.getOrDefault(name, 0.0), amounts.amount(name), elapsed, halfLife);
            if (mean >= 0.001) {
                after.put(name, mean);
            }
        }
        return after;
    }

    private static Resources rounded(Map<String, Double> mean) {
        Map<String, Long> amounts = new TreeMap<>();
        mean.forEach((name, amount) -> amounts.put(name, Math.round(amount)));
        return Resources.of(amounts);
    }
}
