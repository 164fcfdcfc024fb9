package dev.muster.quota.plan;

import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.Room;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plan stands on: queues, nodes and what lives on them, in dense form, before any decision. Built from one
 * snapshot, it can follow later ones ({@link #follow}) at the cost of what changed, and is then as if it were built anew.
 */
final class Ground {
    /** Far from the largest amount: what is taken off again after a sum was cut there would be wrong. */
    private static final long SAFE = 1L << 60;

    private final List<QueueSpec> queues;
    private final List<Node> nodes;
    private Roster<LiveAttempt> live;
    final QueueTree tree;
    final ResourceIndex index;
    final Pools pools;
    final Ledger ledger;
    final Room room;
    final Places places;
    final boolean[] draining;
    private final Labels labels;
    private final SortedMap<AttemptId, LiveAttempt> unplaced = new TreeMap<>();
    private final SortedMap<AttemptId, LiveAttempt> leaving = new TreeMap<>();
    private long stepsLeft;

    private Ground(Snapshot snapshot, SortedSet<String> wanted) {
        queues = snapshot.queues();
        nodes = snapshot.nodes();
        live = Roster.ofLiving(snapshot.live());
        tree = QueueTree.lenient(queues);
        labels = new Labels(wanted);
        if (!labels.cover(waiting(snapshot))) {
            throw new IllegalStateException("Labels %s are not all that pending jobs ask for".formatted(wanted));
        }
        List<Resources> amounts = amountsOf(nodes, queues);
        Booking booking = new Booking(tree, ResourceIndex.of(amounts), nodes);
        if (!booking.book(live, this::note)) {
            // Something runs with a resource that no node has any more.
            live.forEach(attempt -> attempt.pods().forEach(pods -> amounts.add(pods.pod())));
            booking = new Booking(tree, ResourceIndex.of(amounts), nodes);
            booking.book(live, this::note);
            stepsLeft = -1;
        } else {
            stepsLeft = 1_000 + live.size();
        }
        index = booking.index;
        pools = booking.pools;
        ledger = booking.ledger;
        draining = new boolean[ledger.queues()];
        for (int q = 0; q < draining.length; q++) {
            draining[q] = tree.effectiveState(ledger.name(q)) == QueueState.DRAINING;
        }
        room = booking.nodes.build(wanted);
        places = new Places(room);
    }

    private static WaitingTable waiting(Snapshot snapshot) {
        return WaitingTable.of(Roster.ofWaiting(snapshot.pending()));
    }

    static Ground of(Snapshot snapshot) {
        SortedSet<String> labels = new TreeSet<>();
        Labels.addTo(labels, waiting(snapshot));
        addLabelsOf(snapshot.live(), labels);
        return new Ground(snapshot, labels);
    }

    /** {@code labels} are the keys that jobs may ask for. */
    static Ground of(Snapshot snapshot, SortedSet<String> labels) {
        return new Ground(snapshot, labels);
    }

    private static void addLabelsOf(List<LiveAttempt> live, SortedSet<String> labels) {
        for (LiveAttempt attempt : live) {
            for (Ask ask : attempt.roles()) {
                if (ask.affinity() != NodeAffinity.ANY) {
                    ask.affinity().addLabelsTo(labels);
                }
            }
        }
    }

    private static List<Resources> amountsOf(List<Node> nodes, List<QueueSpec> queues) {
        List<Resources> amounts = new ArrayList<>();
        for (Node node : nodes) {
            amounts.add(node.allocatable());
        }
        for (QueueSpec queue : queues) {
            amounts.add(queue.guarantee());
            amounts.add(queue.deserved());
            if (queue.capability() != null) {
                amounts.add(queue.capability());
            }
            queue.pools().values().forEach(pool -> amounts.addAll(pool.all()));
        }
        return amounts;
    }

    /**
     * True where it has become the ground of the snapshot; false where that must be built, and this one is of no more use. The
     * snapshot's attempts are a {@link Roster} that follows that of the one before.
     */
    boolean follow(Snapshot later) {
        boolean sameLand = stepsLeft > 0
                && same(queues, later.queues())
                && same(nodes, later.nodes())
                && isFarFromTheLargestAmount();
        if (!sameLand
                || !labels.cover(waiting(later))
                || !live.isSorted()
                || !Roster.ofLiving(later.live()).isSorted()) {
            return false;
        }
        Roster<LiveAttempt> living = Roster.ofLiving(later.live());
        Changes changes = new Changes();
        live.changesTo(living, changes::change);
        live = living;
        if (changes.unknown || !isFarFromTheLargestAmount()) {
            return false;
        }
        stepsLeft -= changes.count;
        return true;
    }

    private static <T> boolean same(List<T> some, List<T> others) {
        if (some == others) {
            return true;
        }
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i) || some.get(i).equals(others.get(i));
        }
        return same;
    }

    private boolean isFarFromTheLargestAmount() {
        return ledger.isAllBelow(SAFE);
    }

    private void note(LiveAttempt attempt) {
        for (LiveAttempt.Held pods : attempt.pods()) {
            note(attempt, pods);
        }
    }

    private void note(LiveAttempt attempt, LiveAttempt.Held pods) {
        if (pods.node() == null) {
            unplaced.put(attempt.id(), attempt);
        }
        if (pods.leaving()) {
            leaving.put(attempt.id(), attempt);
        }
    }

    /** Attempts of which some pods are promised to a pool and no node, by id. */
    Iterable<LiveAttempt> unplaced() {
        return unplaced.values();
    }

    /** Attempts of which some pods are being ended, by id. */
    Iterable<LiveAttempt> leaving() {
        return leaving.values();
    }

    /** What comes and goes between two snapshots. */
    private final class Changes {
        private boolean unknown;
        private int count;

        void change(@Nullable LiveAttempt was, @Nullable LiveAttempt is) {
            count++;
            if (was != null) {
                unplaced.remove(was.id());
                leaving.remove(was.id());
                book(was, -1);
            }
            if (is != null) {
                note(is);
                for (Ask ask : is.roles()) {
                    unknown |= !labels.cover(ask);
                }
                book(is, 1);
            }
        }

        private void book(LiveAttempt attempt, int sign) {
            long[] held = new long[index.size()];
            for (LiveAttempt.Held pods : attempt.pods()) {
                long[] pod = new long[index.size()];
                unknown |= !index.write(pods.pod(), pod, 0);
                for (int r = 0; r < pod.length; r++) {
                    held[r] = Resources.add(held[r], Resources.multiply(pod[r], pods.count()));
                    unknown |= held[r] > SAFE;
                }
                NodeName name = pods.node();
                int node = name == null ? -1 : room.number(name);
                if (node >= 0 && !unknown) {
                    room.take(node, pod, sign * pods.count());
                }
            }
            int queue = ledger.number(attempt.queue());
            if (sign > 0) {
                ledger.add(queue, held);
                pools.of(attempt.pods(), (place, amount) -> ledger.add(queue, place, amount));
            } else {
                ledger.remove(queue, held);
                pools.of(attempt.pods(), (place, amount) -> ledger.remove(queue, place, amount));
            }
        }
    }
}
