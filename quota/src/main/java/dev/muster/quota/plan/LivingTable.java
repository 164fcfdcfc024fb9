package dev.muster.quota.plan;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of the live attempts of a list what they hold and where, as numbers: so that hundreds of thousands of pods are booked without a look
 * at their names. Only what is below the counts may be read: others may add behind. Never changes.
 */
final class LivingTable implements Table {
    /** In place of the number of a node: nobody knows on which. */
    static final int NOWHERE = -1;

    final QueueName[] queues;
    final int queueCount;
    final NodeName[] nodes;
    final int nodeCount;
    /** Amounts of pods, {@code stride} for each number, {@link Wants#UNSAID} where none. */
    final long[] amounts;

    final int podCount;
    final int stride;
    final List<String> resources;
    private final Chunk[] chunks;

    /**
     * At the places of the attempts: the numbers of their queues, and of all they hold one after the other number of the node, number of
     * the pod's amounts, count; {@code noted}: some pods have no node, or leave; {@code above}: some are above the gang's minimum.
     */
    record Chunk(Object[] attempts, int[] queues, int[][] held, boolean[] noted, boolean[] above) {
        int size() {
            return attempts.length;
        }

        LiveAttempt attempt(int at) {
            return (LiveAttempt) attempts[at];
        }
    }

    private LivingTable(Scribe from, Chunk[] chunks) {
        queues = from.queues;
        queueCount = from.queueNumbers.size();
        nodes = from.nodes;
        nodeCount = from.nodeNumbers.size();
        amounts = from.amounts;
        podCount = from.podCount;
        stride = from.stride;
        resources = List.copyOf(from.resources);
        this.chunks = chunks;
    }

    static LivingTable of(Roster<LiveAttempt> attempts) {
        if (attempts.table() instanceof LivingTable table) {
            return table;
        }
        throw new IllegalArgumentException("A list of live attempts without a table");
    }

    int chunks() {
        return chunks.length;
    }

    Chunk chunk(int number) {
        return chunks[number];
    }

    /** Writes chunks of attempts as they come into lists; used by one thread. */
    static final class Scribe implements Table.Scribe {
        private Map<QueueName, Integer> queueNumbers = new HashMap<>();
        private QueueName[] queues = new QueueName[16];
        private Map<NodeName, Integer> nodeNumbers = new HashMap<>();
        private NodeName[] nodes = new NodeName[16];
        private Numbers pods = new Numbers();
        private int podCount;
        private int stride = 4;
        private long[] amounts = new long[16 * stride];
        private List<String> resources = new ArrayList<>();
        private Map<Object[], Chunk> written = new IdentityHashMap<>();

        private void forget() {
            queueNumbers = new HashMap<>();
            queues = new QueueName[16];
            nodeNumbers = new HashMap<>();
            nodes = new NodeName[16];
            pods = new Numbers();
            podCount = 0;
            amounts = new long[16 * stride];
            resources = new ArrayList<>();
            written = new IdentityHashMap<>();
        }

        @Override
        public LivingTable write(Object[][] chunks) {
            int attempts = 0;
            for (Object[] chunk : chunks) {
                attempts += chunk.length;
            }
            // Numbers of what is gone are given up from time to time.
            if (Math.max(podCount, Math.max(nodeNumbers.size(), queueNumbers.size())) > 50_000 + 4 * attempts) {
                forget();
            }
            Map<Object[], Chunk> kept = new IdentityHashMap<>(chunks.length * 2);
            for (Object[] chunk : chunks) {
                Chunk known = written.remove(chunk);
                if (known != null) {
                    kept.put(chunk, known);
                }
            }
            // What is left are chunks of which most attempts stand, as they were, in a new one.
            Map<LiveAttempt, int[]> known = new IdentityHashMap<>();
            for (Chunk old : written.values()) {
                for (int i = 0; i < old.held.length; i++) {
                    known.put(old.attempt(i), old.held[i]);
                }
            }
            Chunk[] all = new Chunk[chunks.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = kept.computeIfAbsent(chunks[i], fresh -> written(fresh, known));
            }
            written = kept;
            return new LivingTable(this, all);
        }

        private Chunk written(Object[] attempts, Map<LiveAttempt, int[]> known) {
            int[] queuesOf = new int[attempts.length];
            int[][] held = new int[attempts.length][];
            boolean[] noted = new boolean[attempts.length];
            boolean[] above = new boolean[attempts.length];
            for (int i = 0; i < attempts.length; i++) {
                LiveAttempt attempt = (LiveAttempt) attempts[i];
                queuesOf[i] = queue(attempt.queue());
                int[] same = known.get(attempt);
                held[i] = same == null ? held(attempt.pods()) : same;
                for (LiveAttempt.Held pods : attempt.pods()) {
                    noted[i] |= pods.node() == null || pods.leaving();
                }
                above[i] = isAboveItsMinimum(attempt);
            }
            return new Chunk(attempts, queuesOf, held, noted, above);
        }

        private static boolean isAboveItsMinimum(LiveAttempt attempt) {
            for (Ask ask : attempt.roles()) {
                int held = 0;
                for (int i = 0; i < attempt.pods().size(); i++) {
                    LiveAttempt.Held pods = attempt.pods().get(i);
                    held += pods.role().equals(ask.role()) ? pods.count() : 0;
                }
                if (held > ask.minimum()) {
                    return true;
                }
            }
            return false;
        }

        private int[] held(List<LiveAttempt.Held> all) {
            int[] numbers = new int[all.size() * 3];
            int at = 0;
            for (LiveAttempt.Held held : all) {
                NodeName node = held.node();
                numbers[at++] = node == null ? NOWHERE : node(node);
                numbers[at++] = pod(held.pod());
                numbers[at++] = held.count();
            }
            return numbers;
        }

        private int queue(QueueName queue) {
            Integer known = queueNumbers.get(queue);
            if (known == null) {
                known = queueNumbers.size();
                queueNumbers.put(queue, known);
                queues = known == queues.length ? Arrays.copyOf(queues, known * 2) : queues;
                queues[known] = queue;
            }
            return known;
        }

        private int node(NodeName node) {
            Integer known = nodeNumbers.get(node);
            if (known == null) {
                known = nodeNumbers.size();
                nodeNumbers.put(node, known);
                nodes = known == nodes.length ? Arrays.copyOf(nodes, known * 2) : nodes;
                nodes[known] = node;
            }
            return known;
        }

        private int pod(Resources pod) {
            int known = pods.of(pod);
            if (known == Numbers.UNKNOWN) {
                known = podCount++;
                pods.put(pod, known);
                for (String name : pod.names()) {
                    if (!resources.contains(name)) {
                        resources.add(name);
                    }
                }
                widen();
                int row = known * stride;
                amounts = row == amounts.length ? Arrays.copyOf(amounts, row * 2) : amounts;
                Arrays.fill(amounts, row, row + stride, Wants.UNSAID);
                pod.each((name, amount) -> amounts[row + resources.indexOf(name)] = amount);
            }
            return known;
        }

        private void widen() {
            int wide = stride;
            while (wide < resources.size()) {
                wide *= 2;
            }
            if (wide > stride) {
                int rows = amounts.length / stride;
                long[] wider = new long[rows * wide];
                Arrays.fill(wider, Wants.UNSAID);
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(amounts, row * stride, wider, row * wide, stride);
                }
                amounts = wider;
                stride = wide;
            }
        }
    }
}
