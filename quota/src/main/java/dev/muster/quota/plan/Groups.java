package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The groups of a snapshot's pending jobs as one plan sees them. */
final class Groups {
    private static final Comparator<Entry> TAKER_ID =
            Comparator.comparing(taker -> taker.job().id());

    private final World world;
    private final Crowd crowd;
    private final boolean[] draining;

    Groups(World world) {
        this.world = world;
        this.crowd = world.crowd;
        this.draining = world.ground.draining;
    }

    List<Group> all() {
        return Collections.unmodifiableList(crowd.groups());
    }

    /** The jobs of a group, in no order that matters. */
    List<PendingJob> members(Group group) {
        crowd.keepMembers();
        return group.members.all();
    }

    /** The pending job with this id and its group, null where none waits. */
    @Nullable
    Entry find(JobId job) {
        return crowd.find(job);
    }

    /** True where the queue with this number exists and may launch. */
    boolean isOpen(int queue) {
        return queue != Ledger.NONE && !draining[queue];
    }

    /** How many shapes there are: numbers of shapes are less. */
    int shapes() {
        return crowd.shapes().count();
    }

    boolean isInBackoff(Group group) {
        return group.unhindered != group.shape;
    }

    /** True where its queue exists and may launch. */
    boolean isOpen(Group group) {
        return isOpen(group.queue);
    }

    boolean isDraining(int queue) {
        return draining[queue];
    }

    /** The shape of {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        return crowd.shapes().some(ask, pods);
    }

    /** Calls for every job, of the groups of this standing, that nothing is decided of yet. */
    void eachUndecided(Predicate<Group> wanted, Acts acts, BiConsumer<PendingJob, Group> seen) {
        crowd.each((job, group) -> {
            if (wanted.test(group) && !acts.isDecided(job.id())) {
                seen.accept(job, group);
            }
        });
    }

    /** Makes the first job of each of these groups, of those that are wanted and undecided, its {@link Group#taker}; aging does not count. */
    void firstTakers(Predicate<Group> these, Predicate<PendingJob> wanted, Acts acts) {
        JobOrder.Inside order = world.takers();
        crowd.eachRow((chunk, at, group) -> {
            PendingJob best = group.taker;
            long key = chunk.keys()[at];
            // Most are behind one that was seen already: their key, in the table, says so.
            if ((best != null && key > group.takerKey) || !these.test(group)) {
                return;
            }
            PendingJob job = chunk.job(at);
            if (wanted.test(job) && (best == null || order.compare(job, best) < 0) && !acts.isDecided(job.id())) {
                group.taker = job;
                group.takerKey = key;
            }
        });
    }

    /** Of all, so many, that are some group's {@link Group#taker} those from place {@code from} to {@code end} by id, in no order. */
    List<Entry> takers(int count, int from, int end) {
        // Most often they are kept by id; to find ranks in any other order costs more than the whole rest of a cycle.
        if (crowd.isSorted()) {
            List<Entry> some = new ArrayList<>();
            int[] place = {0};
            crowd.each((job, group) -> {
                if (group.taker == job) {
                    if (place[0] >= from && place[0] < end) {
                        some.add(new Entry(job, group));
                    }
                    place[0]++;
                }
            });
            return some;
        }
        Entry[] takers = new Entry[count];
        int[] found = {0};
        crowd.each((job, group) -> {
            if (group.taker == job) {
                takers[found[0]++] = new Entry(job, group);
            }
        });
        Ranks.bring(takers, from, end, TAKER_ID);
        return List.of(takers).subList(from, end);
    }

    /** True where a job of the group waits of which nothing is decided yet. */
    boolean anyUndecided(Group group, Acts acts) {
        if (!acts.isDecided(group.sample.id())) {
            return true;
        }
        for (PendingJob job : members(group)) {
            if (!acts.isDecided(job.id())) {
                return true;
            }
        }
        return false;
    }

    /** True where a gang of several roles waits for nodes. */
    boolean anyOfSeveralRolesWaits() {
        for (Group group : crowd.groups()) {
            if (group.standing == Group.Standing.WAITS_FOR_NODES && group.shape.roles() > 1) {
                return true;
            }
        }
        return false;
    }

    /** Jobs that are not launched and may start, and {@code others}. */
    List<Entry> entries(Acts acts, Collection<Entry> others) {
        List<Entry> entries = new ArrayList<>(others.size() + 64);
        if (anyMayStart()) {
            eachUndecided(
                    group -> group.standing == Group.Standing.MAY_START,
                    acts,
                    (job, group) -> entries.add(new Entry(job, group)));
        }
        for (Entry other : others) {
            if (other.group().standing != Group.Standing.MAY_START
                    && !acts.isDecided(other.job().id())) {
                entries.add(other);
            }
        }
        return entries;
    }

    private boolean anyMayStart() {
        for (Group group : crowd.groups()) {
            if (group.standing == Group.Standing.MAY_START) {
                return true;
            }
        }
        return false;
    }

    /** Of each queue the first job, in its order, that fits in quota and waits for nodes that it could have. */
    List<Entry> firstOfEachQueueThatWaitsForNodes(Acts acts) {
        PendingJob[] first = new PendingJob[draining.length];
        Group[] groupOfFirst = new Group[draining.length];
        long[] keys = new long[draining.length];
        eachUndecided(group -> group.standing == Group.Standing.WAITS_FOR_NODES, acts, (job, group) -> {
            int queue = group.queue;
            PendingJob best = first[queue];
            long key = world.insideAQueue.key(job);
            if (best == null
                    || key < keys[queue]
                    || (key == keys[queue] && world.insideAQueue.compare(job, best) < 0)) {
                first[queue] = job;
                groupOfFirst[queue] = group;
                keys[queue] = key;
            }
        });
        List<Entry> entries = new ArrayList<>();
        for (int queue = 0; queue < first.length; queue++) {
            if (first[queue] != null) {
                entries.add(new Entry(first[queue], groupOfFirst[queue]));
            }
        }
        return entries;
    }
}
