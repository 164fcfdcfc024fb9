package dev.muster.quota.plan;

import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.PoolColumns;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

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

    /**
     * False, and of no use, where something is held that the index does not know; {@code seen} is told of pods without a node or that
     * leave.
     */
    boolean book(Roster<LiveAttempt> live, BiConsumer<LiveAttempt, LiveAttempt.Held> seen) {
        LivingTable table = LivingTable.of(live);
        int[] nodeOf = new int[table.nodeCount];
        for (int node = 0; node < nodeOf.length; node++) {
            nodeOf[node] = nodes.number(table.nodes[node]);
        }
        int[] queueOf = new int[table.queueCount];
        for (int queue = 0; queue < queueOf.length; queue++) {
            queueOf[queue] = ledger.number(table.queues[queue]);
        }
        Pods pods = new Pods(table);
        long[] held = new long[index.size()];
        for (int c = 0; c < table.chunks(); c++) {
            LivingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.held().length; i++) {
                int queue = queueOf[chunk.queues()[i]];
                if (!book(chunk.held()[i], nodeOf, pods, held)) {
                    return false;
                }
                ledger.add(queue, held);
                if (!pools.columns.isEmpty()) {
                    pools.of(chunk.attempt(i).pods(), (place, amount) -> ledger.add(queue, place, amount));
                }
                if (chunk.noted()[i]) {
                    tell(chunk.attempt(i), seen);
                }
            }
        }
        return true;
    }

    private static void tell(LiveAttempt attempt, BiConsumer<LiveAttempt, LiveAttempt.Held> seen) {
        for (LiveAttempt.Held pods : attempt.pods()) {
            if (pods.node() == null || pods.leaving()) {
                seen.accept(attempt, pods);
            }
        }
    }

    /** To its nodes; what it holds in all is left in {@code held}. */
    private boolean book(int[] numbers, int[] nodeOf, Pods pods, long[] held) {
        Arrays.fill(held, 0);
        for (int at = 0; at < numbers.length; at += 3) {
            int pod = numbers[at + 1];
            int count = numbers[at + 2];
            if (pods.unknown[pod]) {
                return false;
            }
            int from = pod * held.length;
            for (int r = 0; r < held.length; r++) {
                long amount = pods.amounts[from + r];
                held[r] = Resources.add(held[r], count == 1 ? amount : Resources.multiply(amount, count));
            }
            if (numbers[at] != LivingTable.NOWHERE) {
                nodes.bind(nodeOf[numbers[at]], pods.amounts, from, count);
            }
        }
        return true;
    }

    /** The amounts of the table's pods as the index counts them. */
    private final class Pods {
        private final long[] amounts;
        /** It holds something that the index does not know. */
        private final boolean[] unknown;

        Pods(LivingTable table) {
            int width = index.size();
            amounts = new long[table.podCount * width];
            unknown = new boolean[table.podCount];
            for (int resource = 0; resource < table.resources.size(); resource++) {
                int place = index.place(table.resources.get(resource));
                for (int pod = 0; pod < table.podCount; pod++) {
                    long amount = table.amounts[pod * table.stride + resource];
                    if (amount != Wants.UNSAID && place < 0) {
                        unknown[pod] = true;
                    } else if (amount != Wants.UNSAID) {
                        amounts[pod * width + place] = amount;
                    }
                }
            }
        }
    }
}
