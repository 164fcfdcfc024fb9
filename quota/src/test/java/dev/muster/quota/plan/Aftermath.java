package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the world is after a plan, worked out the slow and plain way, independent of the engine's own books. */
final class Aftermath {
    private Aftermath() {}

    /** The situation with the plan applied; promises are kept. */
    static Situation of(Situation before, Plan plan) {
        Situation after = Situation.given();
        after.queues.addAll(before.queues);
        after.nodes.addAll(before.nodes);
        after.live.addAll(before.live);
        after.settings = before.settings;
        after.aboveSince.putAll(before.aboveSince);
        after.now = before.now;
        after.expansions.addAll(before.expansions);
        plan.launches().stream()
                .flatMap(launch -> launch.permits().stream())
                .forEach(permit -> after.expansions.replaceAll(
                        each -> each.spec().offering().equals(permit.offering()) ? each.after(permit) : each));
        Map<String, Decision.Launch> launches = new HashMap<>();
        plan.launches().forEach(launch -> launches.put(launch.job().value(), launch));
        for (PendingJob job : before.pending) {
            Decision.Launch launch = launches.get(job.id().value());
            if (launch == null) {
                after.pending.add(job.withClaim(plan.claims().getOrDefault(job.id(), List.of())));
            } else {
                after.live.add(new LiveAttempt(
                        new AttemptId(job.id(), 1),
                        job.queue(),
                        job.priority(),
                        before.now,
                        launch.promise(),
                        job.roles(),
                        job.traits(),
                        null));
            }
        }
        plan.acts(Decision.Grow.class).forEach(grow -> carryOut(after, grow));
        plan.acts(Decision.Evict.class).forEach(evict -> carryOut(after, evict));
        plan.acts(Decision.Shrink.class).forEach(shrink -> carryOut(after, shrink));
        return after;
    }

    private static void carryOut(Situation after, Decision.Grow grow) {
        after.live.replaceAll(attempt -> {
            if (!attempt.id().job().equals(grow.job())) {
                return attempt;
            }
            List<LiveAttempt.Held> pods = new ArrayList<>(attempt.pods());
            pods.addAll(grow.promise());
            return attempt.withPods(pods);
        });
    }

    private static void carryOut(Situation after, Decision.Evict evict) {
        after.live.replaceAll(attempt -> attempt.id().equals(evict.attempt())
                ? attempt.withPods(attempt.pods().stream()
                        .map(pods -> pods.leavingFor(evict.inFavourOf()))
                        .toList())
                : attempt);
    }

    private static void carryOut(Situation after, Decision.Shrink shrink) {
        after.live.replaceAll(attempt -> {
            if (!attempt.id().job().equals(shrink.job())) {
                return attempt;
            }
            List<LiveAttempt.Held> pods = new ArrayList<>();
            List<LiveAttempt.Held> leaving = new ArrayList<>(shrink.pods());
            for (LiveAttempt.Held held : attempt.pods()) {
                int stay = held.count();
                for (LiveAttempt.Held each : List.copyOf(leaving)) {
                    if (each.role().equals(held.role())
                            && java.util.Objects.equals(each.node(), held.node())
                            && stay > 0) {
                        int go = Math.min(stay, each.count());
                        stay -= go;
                        pods.add(held.withCount(go).leavingFor(shrink.inFavourOf()));
                        leaving.remove(each);
                        if (each.count() > go) {
                            leaving.add(each.withCount(each.count() - go));
                        }
                    }
                }
                if (stay > 0) {
                    pods.add(held.withCount(stay));
                }
            }
            if (!leaving.isEmpty()) {
                throw new AssertionError("shrinks pods that are not there: " + leaving);
            }
            return attempt.withPods(pods);
        });
    }

    /** Everybody who is leaving is gone. */
    static Situation whenTheyAreGone(Situation before) {
        Situation after = Situation.given();
        after.queues.addAll(before.queues);
        after.nodes.addAll(before.nodes);
        after.pending.addAll(before.pending);
        after.settings = before.settings;
        after.aboveSince.putAll(before.aboveSince);
        after.now = before.now;
        for (LiveAttempt attempt : before.live) {
            List<LiveAttempt.Held> stay =
                    attempt.pods().stream().filter(pods -> !pods.leaving()).toList();
            if (!stay.isEmpty()) {
                after.live.add(attempt.withPods(stay));
            }
        }
        return after;
    }

    /** Null, for all pools together, and every pool. */
    static List<PoolName> allAndEachPool(Situation situation) {
        List<PoolName> pools = new ArrayList<>();
        pools.add(null);
        situation.nodes.stream().map(Node::pool).distinct().forEach(pools::add);
        return pools;
    }

    static SortedMap<QueueName, Resources> used(Situation situation) {
        return used(situation, null);
    }

    /** In one pool; null for all. */
    static SortedMap<QueueName, Resources> used(Situation situation, @Nullable PoolName pool) {
        Map<QueueName, Resources> own = new TreeMap<>();
        for (LiveAttempt attempt : situation.live) {
            for (LiveAttempt.Held pods : attempt.pods()) {
                if (pool == null || pods.pool().equals(pool)) {
                    own.merge(attempt.queue(), pods.pod().times(pods.count()), Resources::plus);
                }
            }
        }
        return QueueTree.lenient(situation.queues).used(own);
    }

    /** Nodes that hold more than they have, in words; empty where all is well. Pods that are not bound are not counted. */
    static List<String> overfull(Situation situation) {
        Map<NodeName, Resources> held = new TreeMap<>();
        Map<NodeName, Integer> pods = new TreeMap<>();
        for (LiveAttempt attempt : situation.live) {
            for (LiveAttempt.Held each : attempt.pods()) {
                if (each.node() != null) {
                    held.merge(each.node(), each.pod().times(each.count()), Resources::plus);
                    pods.merge(each.node(), each.count(), Integer::sum);
                }
            }
        }
        List<String> overfull = new ArrayList<>();
        for (Node node : situation.nodes) {
            Resources all = held.getOrDefault(node.name(), Resources.NONE).plus(node.overhead());
            int count = pods.getOrDefault(node.name(), 0);
            boolean used = count > 0;
            if (used
                    && (!all.fitsIn(node.allocatable())
                            || count + node.foreignPods() > node.maxPods()
                            || !node.ready())) {
                overfull.add("%s holds %s in %d pods".formatted(node, all, count));
            }
        }
        return overfull;
    }

    /** What the ready nodes have, of cpu. */
    static long supply(Situation situation) {
        return supply(situation, null);
    }

    /** In one pool; null for all. */
    static long supply(Situation situation, @Nullable PoolName pool) {
        return situation.nodes.stream()
                .filter(Node::ready)
                .filter(node -> pool == null || node.pool().equals(pool))
                .mapToLong(node -> node.allocatable().minus(node.overhead()).amount("cpu"))
                .sum();
    }

    /** Σ of the guarantees at the top of the tree, of cpu; in one pool, null for all. */
    static long guaranteed(Situation situation, @Nullable PoolName pool) {
        QueueTree tree = QueueTree.lenient(situation.queues);
        return tree.roots().stream()
                .mapToLong(root -> guarantee(tree.queue(root).orElseThrow(), pool))
                .sum();
    }

    static long guarantee(QueueSpec queue, @Nullable PoolName pool) {
        return pool == null
                ? queue.guarantee().amount("cpu")
                : queue.pools().containsKey(pool)
                        ? queue.pools().get(pool).guarantee().amount("cpu")
                        : 0;
    }

    /** Σ over the tree of what guarantees keep free beyond what is used, of cpu. */
    static long idleGuarantee(Situation situation, @Nullable PoolName pool) {
        QueueTree tree = QueueTree.lenient(situation.queues);
        SortedMap<QueueName, Resources> used = used(situation, pool);
        return tree.roots().stream()
                .mapToLong(root -> kept(tree, used, root, pool) - used.get(root).amount("cpu"))
                .sum();
    }

    private static long kept(
            QueueTree tree, SortedMap<QueueName, Resources> used, QueueName queue, @Nullable PoolName pool) {
        List<QueueName> children = tree.children(queue);
        long below = children.isEmpty()
                ? used.get(queue).amount("cpu")
                : children.stream()
                        .mapToLong(child -> kept(tree, used, child, pool))
                        .sum();
        return Math.max(guarantee(tree.queue(queue).orElseThrow(), pool), below);
    }
}
