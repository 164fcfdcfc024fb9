package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The pending jobs of a snapshot, equal ones of a queue together. */
final class Groups {
    private final World world;
    private final Shapes shapes;
    private final Group[] ofJob;
    private final List<Group> all = new ArrayList<>();
    private final boolean[] draining;

    Groups(World world) {
        this.world = world;
        shapes = new Shapes(world.index, world.places);
        List<PendingJob> pending = world.snapshot.pending();
        ofJob = new Group[pending.size()];
        draining = new boolean[world.ledger.queues()];
        for (int q = 0; q < draining.length; q++) {
            draining[q] = world.tree.effectiveState(world.ledger.name(q)) == QueueState.DRAINING;
        }
        Map<QueueName, Map<GangShape, Group>> known = new HashMap<>();
        Map<QueueName, Map<Set<PoolName>, Map<GangShape, Group>>> knownWithBackoff = new HashMap<>();
        for (int i = 0; i < ofJob.length; i++) {
            PendingJob job = pending.get(i);
            Set<PoolName> without = inBackoff(job, world.snapshot.now());
            Map<GangShape, Group> ofQueue = without.isEmpty()
                    ? known.computeIfAbsent(job.queue(), queue -> new IdentityHashMap<>())
                    : knownWithBackoff
                            .computeIfAbsent(job.queue(), queue -> new HashMap<>())
                            .computeIfAbsent(without, pools -> new IdentityHashMap<>());
            GangShape shape = shapes.of(job.roles(), job.traits().oneZone(), without);
            Group group = ofQueue.get(shape);
            if (group == null) {
                group = new Group(world.ledger.number(job.queue()), shape, world.asked(shape), job);
                ofQueue.put(shape, group);
                all.add(group);
            }
            ofJob[i] = group;
        }
    }

    /** Pools that the job must not use now. */
    static Set<PoolName> inBackoff(PendingJob job, Instant now) {
        if (job.notIn().isEmpty()) {
            return Set.of();
        }
        Set<PoolName> pools = new TreeSet<>();
        job.notIn().forEach((pool, until) -> {
            if (until.isAfter(now)) {
                pools.add(pool);
            }
        });
        return pools;
    }

    List<Group> all() {
        return Collections.unmodifiableList(all);
    }

    /** The group of the snapshot's pending job at this place. */
    Group of(int pending) {
        return ofJob[pending];
    }

    /** The same shape as if no pool were in back-off. */
    GangShape shapeWithoutBackoff(Group group) {
        return shapes.of(group.sample.roles(), group.sample.traits().oneZone(), Set.of());
    }

    boolean isInBackoff(Group group) {
        return shapeWithoutBackoff(group) != group.shape;
    }

    /** True where its queue exists and may launch. */
    boolean isOpen(Group group) {
        return group.queue != Ledger.NONE && !draining[group.queue];
    }

    boolean isDraining(int queue) {
        return draining[queue];
    }

    /** The shape of {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        return shapes.some(ask, pods);
    }

    /** Jobs that are not launched and may start, and {@code others}. */
    List<Contest.Entry> entries(Acts acts, Set<JobId> others) {
        List<Contest.Entry> entries = new ArrayList<>();
        List<PendingJob> pending = world.snapshot.pending();
        for (int i = 0; i < ofJob.length; i++) {
            if (ofJob[i].standing == Group.Standing.MAY_START
                    || others.contains(pending.get(i).id())) {
                if (!acts.isDecided(pending.get(i).id())) {
                    entries.add(new Contest.Entry(pending.get(i), ofJob[i]));
                }
            }
        }
        return entries;
    }

    /** Of each queue the first job, in its order, that fits in quota and waits for nodes that it could have. */
    Set<JobId> firstOfEachQueueThatWaitsForNodes(Acts acts) {
        PendingJob[] first = new PendingJob[draining.length];
        List<PendingJob> pending = world.snapshot.pending();
        for (int i = 0; i < ofJob.length; i++) {
            Group group = ofJob[i];
            if (group.standing == Group.Standing.WAITS_FOR_NODES
                    && !acts.isDecided(pending.get(i).id())) {
                PendingJob best = first[group.queue];
                if (best == null || world.insideAQueue.compare(pending.get(i), best) < 0) {
                    first[group.queue] = pending.get(i);
                }
            }
        }
        Set<JobId> ids = new HashSet<>();
        for (PendingJob job : first) {
            if (job != null) {
                ids.add(job.id());
            }
        }
        return ids;
    }
}
