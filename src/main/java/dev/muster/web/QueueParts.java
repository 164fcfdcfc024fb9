package dev.muster.web;

import dev.muster.api.QueueAmounts;
import dev.muster.api.QueueInForce;
import dev.muster.api.QueueLimit;
import dev.muster.api.QueuePreview;
import dev.muster.event.Why;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.plan.EffectiveQueue;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.QuotaEdit;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What belongs to a queue beside its own amounts, from the wire and back. */
final class QueueParts {
    /** Most limits of a queue, and most pools of which it says something. */
    private static final int MOST = 100;

    /** Most effects that a preview tells one by one. */
    private static final int MOST_EFFECTS = 100;

    /** Largest count of a limit. */
    private static final int HIGHEST = 1_000_000_000;

    private QueueParts() {}

    static List<Limit> limits(Place place, @Nullable List<QueueLimit> sent) {
        List<Limit> limits = new ArrayList<>();
        List<QueueLimit> all = place.bounded(sent, MOST);
        for (int i = 0; i < all.size(); i++) {
            QueueLimit limit = all.get(i);
            Place at = place.at(i);
            PriorityClassName priorityClass =
                    at.at("priorityClass").read(limit.priorityClass(), PriorityClassName::new);
            boolean eachUser = Boolean.TRUE.equals(limit.eachUser());
            if (!eachUser && limit.priorityClass() == null) {
                at.fault(
                        Fault.Kind.REQUIRED,
                        "expected eachUser: true, a priorityClass, or both",
                        "Say whom the limit is on");
            } else if (count(at.at("jobs"), limit.jobs())
                    && count(at.at("launchesPerMinute"), limit.launchesPerMinute())
                    && (eachUser || priorityClass != null)) {
                limits.add(new Limit(
                        eachUser,
                        priorityClass,
                        limit.jobs(),
                        Amounts.limit(at.at("resources"), limit.resources()),
                        limit.launchesPerMinute()));
            }
        }
        return limits;
    }

    private static boolean count(Place place, @Nullable Integer sent) {
        return sent == null || place.between(sent, 0, HIGHEST);
    }

    static List<QueueLimit> limits(List<Limit> limits) {
        return limits.stream()
                .map(limit -> new QueueLimit(
                        limit.eachUser() ? true : null,
                        limit.priorityClass() == null
                                ? null
                                : limit.priorityClass().value(),
                        limit.jobs(),
                        limit.resources() == null ? null : Amounts.text(limit.resources()),
                        limit.launchesPerMinute()))
                .toList();
    }

    static Map<String, Integer> weights(Place place, @Nullable Map<String, Integer> sent) {
        Map<String, Integer> weights = new TreeMap<>();
        place.bounded(sent, Limits.RESOURCE_NAMES).forEach((name, weight) -> {
            KubernetesWords.requireQualifiedName(place.at(name), name);
            if (weight == null) {
                place.at(name).required("a weight");
            } else if (place.at(name).between(weight, 1, QueueWords.HEAVIEST)) {
                weights.put(name, weight);
            }
        });
        return weights;
    }

    static Map<PoolName, PoolAmounts> pools(Place place, @Nullable Map<String, QueueAmounts> sent) {
        Map<PoolName, PoolAmounts> pools = new TreeMap<>();
        place.bounded(sent, MOST).forEach((name, amounts) -> {
            Place at = place.at(name);
            PoolName pool = at.read(name, PoolName::new);
            QueueAmounts said = Objects.requireNonNullElseGet(amounts, () -> new QueueAmounts(null, null, null));
            Resources deserved = Amounts.limit(at.at("deserved"), said.deserved());
            PoolAmounts read = new PoolAmounts(
                    Amounts.any(at.at("guarantee"), said.guarantee()),
                    deserved,
                    Amounts.limit(at.at("capability"), said.capability()),
                    poolWeights(at.at("weights"), said.weights(), deserved));
            if (pool != null) {
                pools.put(pool, read);
            }
        });
        return pools;
    }

    /** What is left over is what is above deserved: that must be said of the pool. */
    private static Map<String, Integer> poolWeights(
            Place place, @Nullable Map<String, Integer> sent, @Nullable Resources deserved) {
        Map<String, Integer> weights = weights(place, sent);
        for (String name : List.copyOf(weights.keySet())) {
            if (deserved == null || !deserved.names().contains(name)) {
                place.at(name)
                        .fault(
                                Fault.Kind.BAD_VALUE,
                                "expected deserved of %s beside it".formatted(name),
                                "Say what the queue deserves of it in this pool, 0 will do");
                weights.remove(name);
            }
        }
        return weights;
    }

    static Map<String, QueueAmounts> pools(Map<PoolName, PoolAmounts> pools) {
        Map<String, QueueAmounts> views = new TreeMap<>();
        pools.forEach((pool, amounts) -> views.put(
                pool.value(),
                new QueueAmounts(
                        PodView.some(Amounts.text(amounts.guarantee())),
                        amounts.deserved() == null ? null : Amounts.text(amounts.deserved()),
                        amounts.capability() == null ? null : Amounts.text(amounts.capability()),
                        PodView.some(amounts.weights()))));
        return views;
    }

    static QueueInForce inForce(EffectiveQueue queue, Snapshot snapshot) {
        Map<String, QueueInForce.Amounts> pools = new TreeMap<>();
        queue.pools().forEach((pool, amounts) -> pools.put(pool.value(), amounts(amounts)));
        return new QueueInForce(
                queue.state().name(),
                amounts(queue.amounts()),
                PodView.some(pools),
                new TreeMap<>(queue.weight()),
                queue.fence() == null ? null : queue.fence().value(),
                above(
                        snapshot.aboveSince().get(queue.name()),
                        snapshot.settings().eviction()));
    }

    private static QueueInForce.@Nullable Above above(@Nullable Instant since, PlanSettings.Eviction eviction) {
        return since == null ? null : new QueueInForce.Above(since, since.plus(eviction.cutAfter()));
    }

    private static QueueInForce.Amounts amounts(EffectiveQueue.Amounts amounts) {
        return new QueueInForce.Amounts(
                Amounts.text(amounts.guarantee()),
                Amounts.text(amounts.deserved()),
                Amounts.text(amounts.capability()),
                Amounts.text(amounts.bookable()));
    }

    static QueuePreview preview(QuotaEdit.Preview preview) {
        return new QueuePreview(
                preview.effects().size(),
                preview.effects().stream()
                        .limit(MOST_EFFECTS)
                        .map(effect -> new QueuePreview.Effect(
                                effect.job().value(),
                                effect.queue().value(),
                                effect.kind().name(),
                                JobView.reason(Why.of(effect.because()))))
                        .toList(),
                preview.above().stream()
                        .map(above -> new QueuePreview.Above(
                                above.queue().value(),
                                above.what(),
                                above.used(),
                                above.capability(),
                                above.running().stream()
                                        .limit(MOST_EFFECTS)
                                        .map(Object::toString)
                                        .toList()))
                        .toList());
    }
}
