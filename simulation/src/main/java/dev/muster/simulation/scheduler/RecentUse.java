package dev.muster.simulation.scheduler;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.DecayedUse;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What each queue used of late, where the policy has turns go by it; kept up between plans as the service does. */
final class RecentUse {
    private final Site site;
    private final Duration halfLife;
    private final Map<QueueName, Map<String, Double>> means = new TreeMap<>();
    private Map<QueueName, Resources> held = Map.of();
    private long last;

    RecentUse(Site site, Duration halfLife) {
        this.site = site;
        this.halfLife = halfLife;
    }

    /** As of now; empty where the policy does not want it. What is held now was held since this was asked last. */
    Map<QueueName, Resources> now() {
        if (halfLife.isZero()) {
            return Map.of();
        }
        Duration elapsed = Duration.ofMillis(site.now() - last);
        last = site.now();
        held.forEach((queue, amounts) -> {
            Map<String, Double> mean = means.computeIfAbsent(queue, q -> new TreeMap<>());
            amounts.names().forEach(name -> mean.putIfAbsent(name, 0.0));
        });
        means.forEach((queue, mean) -> mean.replaceAll((name, before) -> DecayedUse.after(
                before, held.getOrDefault(queue, Resources.NONE).amount(name), elapsed, halfLife)));
        held = held();
        Map<QueueName, Resources> rounded = new HashMap<>();
        means.forEach((queue, mean) -> {
            Map<String, Long> amounts = new TreeMap<>();
            mean.forEach((name, amount) -> amounts.put(name, Math.round(amount)));
            rounded.put(queue, Resources.of(amounts));
        });
        return rounded;
    }

    private Map<QueueName, Resources> held() {
        Map<QueueName, Resources> sums = new HashMap<>();
        for (Attempt attempt : site.live()) {
            Resources sum = sums.getOrDefault(attempt.job.load.queue(), Resources.NONE);
            for (int role = 0; role < attempt.job.asks.length; role++) {
                sum = sum.plus(attempt.job.roles().get(role).pod().times(attempt.bound(role)));
            }
            sums.put(attempt.job.load.queue(), sum);
        }
        return sums;
    }
}
