package dev.muster.quota.plan;

import dev.muster.quota.fit.Packer;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.Promises;
import dev.muster.quota.fit.Room;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A snapshot in dense form: the ledger and the free room after everything that lives has been booked. */
final class World {
    final Snapshot snapshot;
    final QueueTree tree;
    final ResourceIndex index;
    final Ledger ledger;
    final Use use;
    final Room room;
    final Places places;
    final Packer packer;
    final Comparator<PendingJob> insideAQueue;

    private World(Snapshot snapshot, SortedSet<String> labels) {
        this.snapshot = snapshot;
        insideAQueue = JobOrder.insideAQueue(snapshot.now(), snapshot.settings().aging());
        tree = QueueTree.lenient(snapshot.queues());
        index = indexOf(snapshot);
        RoomBuilder nodes = new RoomBuilder(index, snapshot.nodes());
        ledger = new Ledger(tree, index, nodes.supply());
        List<LiveAttempt> live = new ArrayList<>(snapshot.live());
        live.sort(Comparator.comparing(LiveAttempt::id));
        long[] pod = new long[index.size()];
        for (LiveAttempt attempt : live) {
            long[] held = new long[index.size()];
            for (LiveAttempt.Held pods : attempt.pods()) {
                index.write(pods.pod(), pod, 0);
                for (int r = 0; r < pod.length; r++) {
                    held[r] = Resources.add(held[r], Resources.multiply(pod[r], pods.count()));
                }
                if (pods.node() != null) {
                    nodes.bind(pods.node(), pod, pods.count());
                }
            }
            ledger.add(ledger.number(attempt.queue()), held);
        }
        use = new Use(this, snapshot.decayedUse());
        room = nodes.build(labels);
        places = new Places(room);
        packer = new Packer(room);
        Promises promises = new Promises(room, places, packer);
        for (LiveAttempt attempt : live) {
            for (LiveAttempt.Held pods : attempt.pods()) {
                if (pods.node() == null) {
                    promises.keep(pods.role(), pods.pool(), index.vector(pods.pod()), pods.count());
                }
            }
        }
        ledger.limitToUsedAnd(room.free());
    }

    /** The order in which jobs take from others: the class's priority, then who waits longer, then the id. */
    Comparator<PendingJob> takers() {
        return JobOrder.insideAQueue(snapshot.now(), PlanSettings.Aging.NONE);
    }

    static World of(Snapshot snapshot) {
        SortedSet<String> labels = labelsAskedFor(snapshot.pending());
        snapshot.live().forEach(attempt -> attempt.roles().stream()
                .filter(ask -> ask.affinity() != NodeAffinity.ANY)
                .forEach(ask -> labels.addAll(ask.affinity().labels())));
        return new World(snapshot, labels);
    }

    /** {@code labels} are the keys that jobs may ask for. */
    static World of(Snapshot snapshot, SortedSet<String> labels) {
        return new World(snapshot, labels);
    }

    /** Keys of the labels that these roles ask for. */
    static SortedSet<String> labelsOf(List<Ask> asks) {
        SortedSet<String> labels = new TreeSet<>();
        asks.forEach(ask -> labels.addAll(ask.affinity().labels()));
        return labels;
    }

    private static ResourceIndex indexOf(Snapshot snapshot) {
        List<Resources> amounts = new ArrayList<>();
        for (Node node : snapshot.nodes()) {
            amounts.add(node.allocatable());
        }
        for (QueueSpec queue : snapshot.queues()) {
            amounts.add(queue.guarantee());
            amounts.add(queue.deserved());
            if (queue.capability() != null) {
                amounts.add(queue.capability());
            }
        }
        for (LiveAttempt attempt : snapshot.live()) {
            attempt.pods().forEach(pods -> amounts.add(pods.pod()));
        }
        return ResourceIndex.of(amounts);
    }

    private static SortedSet<String> labelsAskedFor(List<PendingJob> pending) {
        Set<NodeAffinity> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        SortedSet<String> labels = new TreeSet<>();
        for (PendingJob job : pending) {
            for (Ask ask : job.roles()) {
                if (ask.affinity() != NodeAffinity.ANY && seen.add(ask.affinity())) {
                    labels.addAll(ask.affinity().labels());
                }
            }
        }
        return labels;
    }
}
