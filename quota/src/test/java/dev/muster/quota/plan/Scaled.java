package dev.muster.quota.plan;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import java.util.stream.Collectors;

/** A situation with all amounts larger by a factor; counts of pods stay. */
final class Scaled {
    private Scaled() {}

    static Situation by(long factor, Situation from) {
        Situation to = Situation.given();
        to.settings = from.settings;
        to.now = from.now;
        from.queues.forEach(queue -> to.queues.add(new QueueSpec(
                queue.name(),
                queue.parent(),
                queue.guarantee().times(factor),
                queue.deserved().times(factor),
                queue.capability() == null ? null : limit(queue.capability(), factor),
                queue.weight(),
                queue.state(),
                queue.limits(),
                queue.weights(),
                pools(queue.pools(), factor),
                queue.fence())));
        from.nodes.forEach(node -> to.nodes.add(new Node(
                node.name(),
                node.pool(),
                node.labels(),
                node.taints(),
                node.allocatable().times(factor),
                node.overhead().times(factor),
                node.maxPods(),
                node.foreignPods(),
                node.ready())));
        from.pending.forEach(job -> to.pending.add(new PendingJob(
                job.id(),
                job.queue(),
                job.priority(),
                job.since(),
                job.roles().stream()
                        .map(ask -> new Ask(
                                ask.role(),
                                ask.minimum(),
                                ask.maximum(),
                                ask.pod().times(factor),
                                ask.affinity(),
                                ask.tolerations()))
                        .toList(),
                job.notIn(),
                job.traits())));
        from.live.forEach(attempt -> to.live.add(attempt.withPods(attempt.pods().stream()
                .map(pods -> new LiveAttempt.Held(
                        pods.role(), pods.pool(), pods.node(), pods.pod().times(factor), pods.count()))
                .toList())));
        return to;
    }

    private static Map<PoolName, PoolAmounts> pools(Map<PoolName, PoolAmounts> pools, long factor) {
        return pools.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> {
            PoolAmounts amounts = e.getValue();
            return new PoolAmounts(
                    amounts.guarantee().times(factor),
                    amounts.deserved() == null ? null : limit(amounts.deserved(), factor),
                    amounts.capability() == null ? null : limit(amounts.capability(), factor),
                    amounts.weights());
        }));
    }

    private static Resources limit(Resources amounts, long factor) {
        Map<String, Long> scaled = amounts.asMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> Resources.multiply(e.getValue(), factor)));
        return Resources.limit(scaled);
    }
}
