package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pending jobs, equal ones of a queue together. Built from one snapshot, it can follow later ones: the result is the same
 * as if it were built anew.
 */
final class Crowd {
    private final Ledger ledger;
    private final Set<String> labels;
    private final Shapes shapes;
    private final Function<GangShape, long[]> asked;
    private final Numbers queues = new Numbers();
    private final Map<QueueName, Integer> strangers = new HashMap<>();
    private final GroupTable table = new GroupTable();
    private final Map<Hindered, Group> hinderedGroups = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final SortedMap<JobId, PendingJob> claiming = new TreeMap<>();
    private final SortedMap<JobId, Hindrance> hindered = new TreeMap<>();
    private List<PendingJob> pending = List.of();
    private Parts parts = new Parts(List.of());
    /** By id, where the list is in another order and somebody asks. */
    private final Map<JobId, Integer> places = new HashMap<>();

    private boolean keepsMembers;
    private boolean keepsTable;

    /** {@code asked}: what a gang asks for sure, wide; {@code labels}: keys that nodes are told apart by. */
    Crowd(Ledger ledger, Shapes shapes, Function<GangShape, long[]> asked, Set<String> labels) {
        this.ledger = ledger;
        this.labels = labels;
        this.shapes = shapes;
        this.asked = asked;
    }

    /** A job asks for a label by which nodes are not told apart: all must be laid out anew. */
    static final class UnknownLabel extends Exception {
        private static final long serialVersionUID = 1;

        UnknownLabel() {
            super(null, null, false, false);
        }
    }

    /** Equal jobs of one queue that must not use some pools until then. */
    private record Hindered(int queue, int shape, Map<PoolName, Instant> until) {}

    private record Hindrance(PendingJob job, Group group) {}

    /** Takes in the jobs of a first snapshot. */
    void join(List<PendingJob> all, Instant now) throws UnknownLabel {
        pending = all;
        List<Object[]> chunks = chunksOf(all);
        Group[] of = new Group[all.size()];
        List<Integer> maybeHindered = new ArrayList<>();
        Census census = new Census(of.length);
        int at = 0;
        for (Object[] chunk : chunks) {
            for (Object each : chunk) {
                PendingJob job = (PendingJob) each;
                int shape = shapeOf(job);
                int queue = slot(job.queue());
                if (!job.claim().isEmpty()) {
                    claiming.put(job.id(), job);
                }
                if (!job.notIn().isEmpty()) {
                    maybeHindered.add(at);
                    Map<PoolName, Instant> until = stillHindered(job, now);
                    if (!until.isEmpty()) {
                        of[at] = hinderedGroup(job, queue, shape, until);
                        shape = Census.NONE;
                    }
                }
                census.note(queue, shape);
                at++;
            }
        }
        parts = Parts.of(chunks, of);
        census.group(of, shapes.count(), (place, shape) -> plainGroup(parts.job(place), shape));
        if (chunks.size() > 1) {
            parts = Parts.of(chunks, of);
        }
        for (int place : maybeHindered) {
            PendingJob job = parts.job(place);
            hindered.put(job.id(), new Hindrance(job, of[place]));
        }
    }

    private static List<Object[]> chunksOf(List<PendingJob> all) {
        List<Object[]> chunks = new ArrayList<>();
        if (all instanceof Roster<PendingJob> roster) {
            for (int chunk = 0; chunk < roster.chunks(); chunk++) {
                chunks.add(roster.chunk(chunk));
            }
        } else if (!all.isEmpty()) {
            chunks.add(all.toArray());
        }
        return chunks;
    }

    private Group join(PendingJob job, Instant now) throws UnknownLabel {
        Group group = groupOf(job, now);
        if (keepsMembers) {
            group.members.insert(job);
        }
        if (!job.claim().isEmpty()) {
            claiming.put(job.id(), job);
        }
        if (!job.notIn().isEmpty()) {
            hindered.put(job.id(), new Hindrance(job, group));
        }
        return group;
    }

    /** Follows to a later snapshot; returns how many jobs came or went. */
    int follow(Roster<PendingJob> later, Instant now) throws UnknownLabel {
        Roster<PendingJob> before = (Roster<PendingJob>) pending;
        List<PendingJob> joining = new ArrayList<>();
        keepMembers();
        keepTable();
        int[] changes = {0};
        // Who is hindered may be so no longer.
        List<Hindrance> again = List.copyOf(hindered.values());
        again.forEach(each -> leave(each.job, each.group));
        before.changesTo(later, (was, is) -> {
            changes[0]++;
            if (was != null && was.notIn().isEmpty()) {
                leave(was, groupOfKnown(was));
            }
            if (is != null) {
                joining.add(is);
            }
        });
        for (Hindrance each : again) {
            int at = later.find(each.job.id());
            if (at >= 0 && later.get(at) == each.job) {
                joining.add(each.job);
            }
        }
        for (PendingJob job : joining) {
            join(job, now);
        }
        pending = later;
        parts = partsOf(later, again);
        return changes[0] + again.size();
    }

    private Parts partsOf(Roster<PendingJob> later, List<Hindrance> again) {
        Set<Integer> stale = new HashSet<>();
        for (Hindrance each : again) {
            int at = later.find(each.job.id());
            if (at >= 0) {
                stale.add(later.chunkAt(at));
            }
        }
        Map<Object[], Parts.Part> known = new IdentityHashMap<>();
        for (int i = 0; i < parts.parts(); i++) {
            Parts.Part part = parts.part(i);
            known.put(part.jobs(), part);
        }
        List<Parts.Part> made = new ArrayList<>();
        for (int chunk = 0; chunk < later.chunks(); chunk++) {
            Object[] jobs = later.chunk(chunk);
            Parts.Part same = known.get(jobs);
            made.add(same == null || stale.contains(chunk) ? partOf(jobs) : same);
        }
        return new Parts(made);
    }

    private Parts.Part partOf(Object[] jobs) {
        Group[] of = new Group[jobs.length];
        for (int i = 0; i < jobs.length; i++) {
            PendingJob job = (PendingJob) jobs[i];
            Hindrance hindrance = job.notIn().isEmpty() ? null : hindered.get(job.id());
            of[i] = hindrance == null ? groupOfKnown(job) : hindrance.group;
        }
        return new Parts.Part(jobs, of);
    }

    private void leave(PendingJob job, Group group) {
        group.members.remove(job);
        claiming.remove(job.id());
        hindered.remove(job.id());
        if (group.members.isEmpty()) {
            Group last = groups.remove(groups.size() - 1);
            if (last != group) {
                groups.set(group.place, last);
                last.place = group.place;
            }
            if (group.key != null) {
                hinderedGroups.remove(group.key);
            } else {
                table.remove(GroupTable.key(slot(group.sample.queue()), group.shapeNumber));
            }
        }
    }

    /** The groups by queue and shape; nobody asks before the first change. */
    private void keepTable() {
        if (!keepsTable) {
            for (Group group : groups) {
                if (group.key == null) {
                    table.put(GroupTable.key(slot(group.sample.queue()), group.shapeNumber), group);
                }
            }
            keepsTable = true;
        }
    }

    private int shapeOf(PendingJob job) throws UnknownLabel {
        boolean oneZone = job.traits().oneZone();
        int shape = shapes.seen(job.roles(), oneZone);
        if (shape == Numbers.UNKNOWN) {
            if (asksForAnUnknownLabel(job.roles())) {
                throw new UnknownLabel();
            }
            shape = shapes.add(job.roles(), oneZone);
        }
        return shape;
    }

    private Group groupOf(PendingJob job, Instant now) throws UnknownLabel {
        int shape = shapeOf(job);
        int queue = slot(job.queue());
        Map<PoolName, Instant> until = job.notIn().isEmpty() ? Map.of() : stillHindered(job, now);
        if (!until.isEmpty()) {
            return hinderedGroup(job, queue, shape, until);
        }
        long key = GroupTable.key(queue, shape);
        Group group = table.get(key);
        if (group == null) {
            group = plainGroup(job, shape);
            table.put(key, group);
        }
        return group;
    }

    private Group plainGroup(PendingJob job, int shape) {
        GangShape gang = shapes.shape(shape);
        return add(new Group(ledger.number(job.queue()), gang, shape, gang, asked.apply(gang), job));
    }

    private Group hinderedGroup(PendingJob job, int queue, int shape, Map<PoolName, Instant> until) {
        return hinderedGroups.computeIfAbsent(new Hindered(queue, shape, until), key -> {
            int without = shapes.numberWithout(job.roles(), job.traits().oneZone(), until.keySet());
            GangShape gang = shapes.shape(without);
            Group group =
                    new Group(ledger.number(job.queue()), gang, without, shapes.shape(shape), asked.apply(gang), job);
            group.key = key;
            return add(group);
        });
    }

    /** Of a job that has joined and is not hindered. */
    private Group groupOfKnown(PendingJob job) {
        int shape = shapes.number(job.roles(), job.traits().oneZone());
        Group group = table.get(GroupTable.key(slot(job.queue()), shape));
        if (group == null) {
            throw new IllegalStateException("Job %s is in no group".formatted(job.id()));
        }
        return group;
    }

    private Group add(Group group) {
        group.place = groups.size();
        groups.add(group);
        return group;
    }

    private boolean asksForAnUnknownLabel(List<Ask> asks) {
        for (Ask ask : asks) {
            if (!ask.affinity().asksOnlyFor(labels)) {
                return true;
            }
        }
        return false;
    }

    /** Pools that the job must not use now. */
    private static Map<PoolName, Instant> stillHindered(PendingJob job, Instant now) {
        Map<PoolName, Instant> pools = new TreeMap<>(job.notIn());
        pools.values().removeIf(until -> !until.isAfter(now));
        return pools;
    }

    /** The ledger's number of the queue, or one behind those where it has none. */
    private int slot(QueueName queue) {
        int slot = queues.of(queue);
        if (slot == Numbers.UNKNOWN) {
            slot = ledger.number(queue);
            if (slot == Ledger.NONE) {
                slot = strangers.computeIfAbsent(queue, name -> ledger.queues() + strangers.size());
            }
            queues.put(queue, slot);
        }
        return slot;
    }

    List<PendingJob> pending() {
        return pending;
    }

    List<Group> groups() {
        return groups;
    }

    Shapes shapes() {
        return shapes;
    }

    Parts parts() {
        return parts;
    }

    /** Jobs with a claim, by id. */
    Map<JobId, PendingJob> claiming() {
        return claiming;
    }

    /** Calls for every pending job with its group, in no order that matters. */
    void each(BiConsumer<PendingJob, Group> seen) {
        for (int i = 0; i < parts.parts(); i++) {
            Parts.Part part = parts.part(i);
            for (int j = 0; j < part.groups().length; j++) {
                seen.accept(part.job(j), part.groups()[j]);
            }
        }
    }

    /** True once {@link Group#members} are kept up: then looking into some groups costs less than into all jobs. */
    boolean keepsMembers() {
        return keepsMembers;
    }

    /** Who is in the groups; found out when somebody asks first. */
    void keepMembers() {
        if (keepsMembers) {
            return;
        }
        each((job, group) -> group.members.append(job));
        keepsMembers = true;
    }

    /** The job and its group; null where it does not wait. */
    Contest.@Nullable Entry find(JobId id) {
        if (pending instanceof Roster<PendingJob> roster) {
            int at = roster.find(id);
            return at < 0 ? null : entry(at);
        }
        if (places.isEmpty()) {
            for (int i = 0; i < pending.size(); i++) {
                places.put(pending.get(i).id(), i);
            }
        }
        Integer at = places.get(id);
        return at == null ? null : entry(at);
    }

    private Contest.Entry entry(int at) {
        int part = parts.partAt(at);
        int in = at - parts.start(part);
        return new Contest.Entry(parts.part(part).job(in), parts.part(part).groups()[in]);
    }
}
