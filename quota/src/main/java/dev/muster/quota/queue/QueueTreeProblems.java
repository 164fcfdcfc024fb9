package dev.muster.quota.queue;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a queue tree, a sentence each: names twice, parents that do not exist or go in a circle, a queue with
 * guarantee above deserved or deserved above capability, children that together have more than their parent.
 */
public final class QueueTreeProblems {
    private final Map<QueueName, QueueSpec> specs = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private QueueTreeProblems(Collection<QueueSpec> queues) {
        for (QueueSpec queue : queues) {
            if (specs.put(queue.name(), queue) != null) {
                problems.add("Queue %s is there twice: names are unique in the tree.".formatted(queue.name()));
            }
        }
    }

    /** Empty where the tree is sound. */
    public static List<String> of(Collection<QueueSpec> queues) {
        QueueTreeProblems check = new QueueTreeProblems(queues);
        check.parents();
        check.amountsOfEach();
        check.amountsOfSinglePools();
        check.sumsOfChildren("guarantee", QueueSpec::guarantee);
        check.sumsOfChildren("deserved", QueueSpec::deserved);
        return List.copyOf(check.problems);
    }

    private void parents() {
        for (QueueSpec queue : specs.values()) {
            if (queue.parent() != null && !specs.containsKey(queue.parent())) {
                problems.add("Queue %s has the parent %s, which does not exist: create it first, or name one of %s."
                        .formatted(queue.name(), queue.parent(), firstNames()));
            }
        }
        Set<QueueName> told = new LinkedHashSet<>();
        for (QueueSpec queue : specs.values()) {
            Set<QueueName> path = new LinkedHashSet<>();
            @Nullable QueueSpec at = queue;
            while (at != null && !told.contains(at.name()) && path.add(at.name())) {
                at = at.parent() == null ? null : specs.get(at.parent());
            }
            if (at != null && !told.contains(at.name())) {
                List<QueueName> circle = new ArrayList<>(path);
                circle = new ArrayList<>(circle.subList(circle.indexOf(at.name()), circle.size()));
                circle.add(at.name());
                problems.add("Queues go in a circle: %s. Give one of them another parent, or none."
                        .formatted(circle.stream().map(QueueName::value).collect(Collectors.joining(" → "))));
            }
            told.addAll(path);
        }
    }

    private void amountsOfEach() {
        for (QueueSpec queue : specs.values()) {
            atMost(queue, "guarantee", queue.guarantee(), "deserved", queue.deserved());
            Resources capability = queue.capability();
            if (capability != null) {
                atMostWhereNamed(
                        queue.name() + "'s deserved", queue.deserved(), queue.name() + "'s capability", capability);
            }
        }
    }

    private void amountsOfSinglePools() {
        for (QueueSpec queue : specs.values()) {
            queue.pools().forEach((pool, amounts) -> {
                String of = "%s's %%s in pool %s".formatted(queue.name(), pool);
                Resources deserved = amounts.deserved();
                Resources capability = amounts.capability();
                if (deserved != null) {
                    atMostWhereNamed(
                            of.formatted("guarantee"), amounts.guarantee(), of.formatted("deserved"), deserved);
                }
                if (capability != null) {
                    atMostWhereNamed(
                            of.formatted("guarantee"), amounts.guarantee(), of.formatted("capability"), capability);
                    atMostWhereNamed(
                            of.formatted("deserved"),
                            deserved == null ? Resources.NONE : deserved,
                            of.formatted("capability"),
                            capability);
                    atMostWhereNamed(
                            "the sum of the guarantee in pool %s of %s's children".formatted(pool, queue.name()),
                            guaranteedToChildren(queue, pool),
                            of.formatted("capability"),
                            capability);
                }
            });
        }
    }

    private Resources guaranteedToChildren(QueueSpec queue, PoolName pool) {
        return specs.values().stream()
                .filter(child ->
                        queue.name().equals(child.parent()) && child.pools().containsKey(pool))
                .map(child -> child.pools().get(pool).guarantee())
                .reduce(Resources.NONE, Resources::plus);
    }

    private void atMost(QueueSpec queue, String what, Resources amounts, String limitName, Resources limit) {
        amounts.asMap().forEach((resource, amount) -> {
            if (amount > limit.amount(resource)) {
                tell(queue.name() + "'s " + what, amount, queue.name() + "'s " + limitName, limit, resource);
            }
        });
    }

    /** A name that the limit does not have is not limited. */
    private void atMostWhereNamed(String what, Resources amounts, String limitName, Resources limit) {
        amounts.asMap().forEach((resource, amount) -> {
            if (limit.names().contains(resource) && amount > limit.amount(resource)) {
                tell(what, amount, limitName, limit, resource);
            }
        });
    }

    private void sumsOfChildren(String what, Function<QueueSpec, Resources> amounts) {
        Map<QueueName, Resources> sums = new HashMap<>();
        for (QueueSpec queue : specs.values()) {
            if (queue.parent() != null) {
                sums.merge(queue.parent(), amounts.apply(queue), Resources::plus);
            }
        }
        for (QueueSpec queue : specs.values()) {
            Resources own = amounts.apply(queue);
            sums.getOrDefault(queue.name(), Resources.NONE).asMap().forEach((resource, sum) -> {
                if (sum > own.amount(resource)) {
                    tell(
                            "the sum of the " + what + " of " + queue.name() + "'s children",
                            sum,
                            "its own",
                            own,
                            resource);
                }
            });
        }
    }

    private void tell(String what, long amount, String limitName, Resources limit, String resource) {
        problems.add("Too much %s: %s is %s, %s is %s. Lower the first or raise the second."
                .formatted(
                        resource,
                        what,
                        Quantity.format(resource, amount),
                        limitName,
                        Quantity.format(resource, limit.amount(resource))));
    }

    private String firstNames() {
        return specs.keySet().stream().limit(10).map(QueueName::value).collect(Collectors.joining(", "))
                + (specs.size() > 10 ? ", …" : "");
    }
}
