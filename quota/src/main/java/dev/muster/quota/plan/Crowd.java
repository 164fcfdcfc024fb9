package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.queue.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pending jobs of one snapshot, equal ones of a queue together. A group is made when somebody asks for it: of most jobs nobody
 * does, for their table tells that they cannot start. Safe for any thread.
 */
final class Crowd {
    final WaitingTable table;
    private final Roster<PendingJob> pending;
    private final Ledger ledger;
    private final Shapes shapes;
    private final Function<GangShape, long[]> asked;
    /** The ledger's number of each queue of the table. */
    private final int[] queueOf;

    private final int kindCount;
    private final int[] kindQueue;
    /** The number of the shape that a list of roles has, as far as somebody asked. */
    private final int[] shapeOf;

    /** Of each kind of the table its group, as far as somebody asked. */
    private final @Nullable Group[] plain;

    private final Map<Hindered, Group> hinderedGroups = new HashMap<>();
    /** By number, less how many kinds there are. */
    private final List<Group> hinderedByNumber = new ArrayList<>();

    private final Map<Integer, Group> hindered = new HashMap<>();
    private final List<Rows> rows = new ArrayList<>();
    private final SortedMap<JobId, PendingJob> claiming = new TreeMap<>();
    private final List<Group> groups = new ArrayList<>();
    private boolean allAreMade;
    private boolean keepsMembers;
    /** By id, where the list is in another order and somebody asks. */
    private final Map<JobId, Integer> places = new HashMap<>();

    /** Equal jobs of one queue that must not use some pools until then. */
    private record Hindered(int kind, Map<PoolName, Instant> until) {}

    /** {@code asked}: what a gang asks for sure, wide; {@code kinds} of these jobs where a planner remembers them. */
    Crowd(
            List<PendingJob> jobs,
            @Nullable Kinds kinds,
            Instant now,
            Ledger ledger,
            Shapes shapes,
            Function<GangShape, long[]> asked) {
        pending = Roster.ofWaiting(jobs);
        table = WaitingTable.of(pending);
        this.ledger = ledger;
        this.shapes = shapes;
        this.asked = asked;
        kindCount = table.wants.kindCount;
        kindQueue = table.wants.kindQueue;
        queueOf = new int[table.wants.queueCount];
        for (int queue = 0; queue < queueOf.length; queue++) {
            queueOf[queue] = ledger.number(table.wants.queues[queue]);
        }
        plain = new Group[table.wants.kindCount];
        shapeOf = new int[table.wants.count];
        Arrays.fill(shapeOf, Numbers.UNKNOWN);
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; chunk.anySpecial() && i < chunk.size(); i++) {
                if (chunk.isSpecial(i)) {
                    note(chunk, i, pending.start(c) + i, now);
                }
            }
            if (kinds == null) {
                rows.add(Rows.of(numbers(chunk, c), chunk.jobs(), chunk.keys(), chunk.lots()));
            } else if (chunk.anySpecial()) {
                rows.add(special(chunk, c));
            }
        }
        if (kinds != null) {
            rows.add(Rows.of(kinds));
        }
    }

    private int[] numbers(WaitingTable.Chunk chunk, int c) {
        if (!chunk.anySpecial() || hindered.isEmpty()) {
            return chunk.kinds();
        }
        int[] numbers = new int[chunk.size()];
        Arrays.setAll(numbers, at -> number(c, at));
        return numbers;
    }

    /** Of the special jobs of a chunk alone: they stand in no kind. */
    private Rows special(WaitingTable.Chunk chunk, int c) {
        int[] places = IntStream.range(0, chunk.size()).filter(chunk::isSpecial).toArray();
        return Rows.of(
                Arrays.stream(places).map(at -> number(c, at)).toArray(),
                Arrays.stream(places).mapToObj(chunk::job).toArray(),
                Arrays.stream(places).mapToLong(at -> chunk.keys()[at]).toArray(),
                Arrays.stream(places).map(at -> chunk.lots()[at]).toArray());
    }

    /** All that wait, each in one row. */
    List<Rows> rows() {
        return rows;
    }

    /** A job with a claim, or with pools that it must not use. */
    private void note(WaitingTable.Chunk chunk, int at, int place, Instant now) {
        PendingJob job = chunk.job(at);
        if (!job.claim().isEmpty()) {
            claiming.put(job.id(), job);
        }
        Map<PoolName, Instant> until = new TreeMap<>(job.notIn());
        until.values().removeIf(then -> !then.isAfter(now));
        if (!until.isEmpty()) {
            hindered.put(
                    place,
                    hinderedGroups.computeIfAbsent(
                            new Hindered(chunk.kinds()[at], until), key -> add(hinderedGroup(job, chunk, at, until))));
        }
    }

    private Group hinderedGroup(PendingJob job, WaitingTable.Chunk chunk, int at, Map<PoolName, Instant> until) {
        int number = table.wants.kindCount + hinderedGroups.size();
        GangShape gang =
                shapes.shape(shapes.numberWithout(job.roles(), job.traits().oneZone(), until.keySet()));
        Group group = new Group(
                number,
                queueOf[chunk.queues()[at]],
                gang,
                shapes.shape(shape(chunk.want(at), job)),
                asked.apply(gang),
                job);
        hinderedByNumber.add(group);
        return group;
    }

    private Group plainGroup(int kind, Object sample) {
        Group known = plain[kind];
        if (known == null) {
            PendingJob job = (PendingJob) sample;
            GangShape gang = shapes.shape(shape(table.wants.kindWant[kind], job));
            known = add(new Group(kind, queueOf[table.wants.kindQueue[kind]], gang, gang, asked.apply(gang), job));
            plain[kind] = known;
        }
        return known;
    }

    private Group add(Group group) {
        groups.add(group);
        return group;
    }

    /** The number of what the job asks, were no pool in back-off. */
    private int shape(int want, PendingJob job) {
        if (shapeOf[want] == Numbers.UNKNOWN) {
            // Lists of roles have their numbers from the table: this one was not added yet, or by somebody who looks
            // ahead.
            shapeOf[want] = shapes.numberWithout(job.roles(), job.traits().oneZone(), Set.of());
        }
        return shapeOf[want];
    }

    int size() {
        return pending.size();
    }

    PendingJob job(int place) {
        return pending.get(place);
    }

    /** Of a group, the ledger's number of its queue; {@link Ledger#NONE} where that does not exist. */
    int queue(int number) {
        Group special = hindered(number);
        return special == null ? queueOf[kindQueue[number]] : special.queue;
    }

    /** Where jobs of the group must not use some pools now; null for all others, whose number is that of their kind. */
    @Nullable
    Group hindered(int number) {
        return number < kindCount ? null : hinderedByNumber.get(number - kindCount);
    }

    /** Numbers of groups are less. */
    int mostGroups() {
        return table.wants.kindCount + hinderedGroups.size();
    }

    /** Of the group of a job of this chunk of the table. */
    private int number(int c, int at) {
        WaitingTable.Chunk chunk = table.chunk(c);
        Group special = chunk.isSpecial(at) ? hindered.get(pending.start(c) + at) : null;
        return special == null ? chunk.kinds()[at] : special.number;
    }

    /** The group of the job at this place. */
    Group at(int place) {
        int c = pending.chunkAt(place);
        int at = place - pending.start(c);
        return group(number(c, at), table.chunk(c).jobs()[at]);
    }

    /** The group with this number, {@code sample} being any job of it. */
    synchronized Group group(int number, Object sample) {
        Group special = hindered(number);
        return special == null ? plainGroup(number, sample) : special;
    }

    /** The same where somebody asked for it before; else null. */
    synchronized @Nullable Group known(int number) {
        Group special = hindered(number);
        return special == null ? plain[number] : special;
    }

    /** All groups. */
    synchronized List<Group> groups() {
        if (!allAreMade) {
            each((job, group) -> {});
            allAreMade = true;
        }
        return groups;
    }

    Shapes shapes() {
        return shapes;
    }

    /** Jobs with a claim, by id. */
    Map<JobId, PendingJob> claiming() {
        return claiming;
    }

    /** Calls for every pending job with its group, in the order of the list. */
    void each(BiConsumer<PendingJob, Group> seen) {
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int at = 0; at < chunk.size(); at++) {
                seen.accept(chunk.job(at), group(number(c, at), chunk.jobs()[at]));
            }
        }
    }

    /** Who is in the groups; found out when somebody asks first. */
    void keepMembers() {
        if (!keepsMembers) {
            each((job, group) -> group.members.add(job));
            keepsMembers = true;
        }
    }

    /** The places of these jobs, rising. */
    int[] placesOf(List<Entry> entries) {
        if (pending.isSorted()) {
            return entries.stream()
                    .mapToInt(entry -> place(entry.job().id()))
                    .sorted()
                    .toArray();
        }
        Set<PendingJob> jobs = Collections.newSetFromMap(new IdentityHashMap<>());
        entries.forEach(entry -> jobs.add(entry.job()));
        return IntStream.range(0, jobs.isEmpty() ? 0 : pending.size())
                .filter(place -> jobs.contains(pending.get(place)))
                .toArray();
    }

    private int place(JobId id) {
        if (pending.isSorted()) {
            return pending.find(id);
        }
        if (places.isEmpty()) {
            for (int i = 0; i < pending.size(); i++) {
                places.put(pending.get(i).id(), i);
            }
        }
        return places.getOrDefault(id, -1);
    }

    /** The job and its group; null where it does not wait. */
    @Nullable
    Entry find(JobId id) {
        int place = place(id);
        return place < 0 ? null : new Entry(pending.get(place), at(place));
    }
}
