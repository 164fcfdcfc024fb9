package dev.muster.cli.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.EffectiveQueue;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each queue holds before a plan and after it, and how many jobs wait in it; those below it included. */
public final class Shares {
    private final QueueTree tree;
    private final SortedMap<QueueName, Resources> holds;
    private final SortedMap<QueueName, Resources> then;
    private final Map<QueueName, Integer> waiting = new HashMap<>();
    private final Map<QueueName, Resources> asked;
    private final Resources supply;
    private final Map<QueueName, EffectiveQueue> inForce;

    public Shares(Snapshot snapshot, Plan plan) {
        tree = QueueTree.lenient(snapshot.queues());
        inForce = EffectiveQueue.of(snapshot);
        Map<QueueName, Resources> now = new TreeMap<>();
        Map<QueueName, Resources> after = new TreeMap<>();
        Map<JobId, QueueName> queues = new HashMap<>();
        Map<JobId, Decision.Shrink> shrinks = new HashMap<>();
        plan.acts(Decision.Shrink.class).forEach(shrink -> shrinks.put(shrink.job(), shrink));
        var gone = plan.acts(Decision.Evict.class).stream()
                .map(Decision.Evict::job)
                .toList();
        for (LiveAttempt attempt : snapshot.live()) {
            queues.put(attempt.id().job(), attempt.queue());
            now.merge(attempt.queue(), sum(attempt.pods()), Resources::plus);
            if (!gone.contains(attempt.id().job())) {
                List<Held> stay =
                        attempt.pods().stream().filter(held -> !held.leaving()).toList();
                Decision.Shrink shrink = shrinks.get(attempt.id().job());
                Resources left = shrink == null ? sum(stay) : sum(stay).minus(sum(shrink.pods()));
                after.merge(attempt.queue(), left, Resources::plus);
            }
        }
        Map<QueueName, Resources> wanted = new TreeMap<>();
        for (PendingJob job : snapshot.pending()) {
            queues.put(job.id(), job.queue());
            tree.lineage(job.queue()).forEach(queue -> waiting.merge(queue.name(), 1, Integer::sum));
            job.roles().forEach(ask -> wanted.merge(job.queue(), ask.pod(), Resources::plus));
        }
        plan.launches().forEach(launch -> {
            QueueName queue = queues.get(launch.job());
            after.merge(queue, sum(launch.promise()), Resources::plus);
            tree.lineage(queue).forEach(each -> waiting.merge(each.name(), -1, Integer::sum));
        });
        plan.acts(Decision.Grow.class)
                .forEach(grow -> after.merge(queues.get(grow.job()), sum(grow.promise()), Resources::plus));
        holds = tree.used(now);
        then = tree.used(after);
        asked = tree.used(wanted);
        supply = snapshot.nodes().stream()
                .filter(Node::ready)
                .map(node -> node.allocatable().minus(node.overhead()))
                .reduce(Resources.NONE, Resources::plus);
    }

    private static Resources sum(List<Held> pods) {
        return pods.stream().map(held -> held.pod().times(held.count())).reduce(Resources.NONE, Resources::plus);
    }

    /** One queue; {@code depth} counts from 0; {@code inForce} is what holds of it beside the others. */
    public record Share(
            QueueSpec queue,
            int depth,
            Resources holds,
            Resources then,
            int waiting,
            EffectiveQueue inForce,
            List<String> resources) {}

    /** What all nodes that are ready have. */
    public Resources supply() {
        return supply;
    }

    /** Parents before their children, by name. */
    public List<Share> all() {
        List<Share> all = new ArrayList<>();
        tree.roots().forEach(root -> add(all, root, 0));
        return all;
    }

    private void add(List<Share> all, QueueName name, int depth) {
        QueueSpec queue = tree.queue(name).orElseThrow();
        all.add(new Share(
                queue,
                depth,
                holds.getOrDefault(name, Resources.NONE),
                then.getOrDefault(name, Resources.NONE),
                waiting.getOrDefault(name, 0),
                inForce.get(name),
                resources(queue)));
        tree.children(name).forEach(child -> add(all, child, depth + 1));
    }

    /** Which resources matter to a queue: what it has, holds or waits for. */
    private List<String> resources(QueueSpec queue) {
        Resources all = queue.guarantee()
                .plus(queue.deserved())
                .plus(holds.getOrDefault(queue.name(), Resources.NONE))
                .plus(then.getOrDefault(queue.name(), Resources.NONE))
                .plus(asked.getOrDefault(queue.name(), Resources.NONE));
        SortedMap<String, Long> names = all.asMap();
        if (queue.capability() != null) {
            queue.capability().names().forEach(name -> names.putIfAbsent(name, 0L));
        }
        return List.copyOf(names.keySet());
    }
}
