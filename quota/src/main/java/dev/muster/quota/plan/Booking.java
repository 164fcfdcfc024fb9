package dev.muster.quota.plan;

import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.PoolColumns;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Books what lives to queues and nodes, from scratch. */
final class Booking {
    final ResourceIndex index;
    final RoomBuilder nodes;
    final Pools pools;
    final Ledger ledger;

    Booking(QueueTree tree, ResourceIndex index, List<Node> nodes) {
        this.index = index;
        this.nodes = new RoomBuilder(index, nodes);
        this.pools = new Pools(new PoolColumns(tree, index), index);
        this.ledger = new Ledger(tree, index, pools.columns, pools.supply(this.nodes.supply(), nodes));
    }

    /** False, and of no use, where something is held that the index does not know; {@code seen} is told of pods without a node or that leave. */
    boolean book(List<LiveAttempt> live, BiConsumer<LiveAttempt, LiveAttempt.Held> seen) {
        long[] pod = new long[index.size()];
        long[] held = new long[index.size()];
        @Nullable Resources last = null;
        for (LiveAttempt attempt : live) {
            Arrays.fill(held, 0);
            List<LiveAttempt.Held> all = attempt.pods();
            for (int i = 0; i < all.size(); i++) {
                LiveAttempt.Held pods = all.get(i);
                if (pods.pod() != last) {
                    // Pods of one role share their amounts.
                    last = pods.pod();
                    if (!index.write(last, pod, 0)) {
                        return false;
                    }
                }
                int count = pods.count();
                for (int r = 0; r < pod.length; r++) {
                    held[r] = Resources.add(held[r], count == 1 ? pod[r] : Resources.multiply(pod[r], count));
                }
                NodeName node = pods.node();
                if (node == null || pods.leaving()) {
                    seen.accept(attempt, pods);
                }
                if (node != null) {
                    nodes.bind(node, pod, count);
                }
            }
            int queue = ledger.number(attempt.queue());
            ledger.add(queue, held);
            pools.of(attempt.pods(), (place, amount) -> ledger.add(queue, place, amount));
        }
        return true;
    }
}
