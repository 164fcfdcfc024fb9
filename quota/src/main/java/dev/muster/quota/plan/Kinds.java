package dev.muster.quota.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The waiting jobs by kind, each kind's in the order in which they would take from others: so that a cycle goes through kinds and not
 * through jobs. Follows one list after the other at the cost of what differs. Jobs that are special stand aside. Used by one thread.
 */
final class Kinds {
    private static final PendingJob[] NOBODY = {};

    private final Object source;
    private Roster<PendingJob> jobs;
    private int count;
    private PendingJob[][] members = new PendingJob[0][];
    private int[] sizes = new int[0];
    private int[] numbers = new int[0];
    private @Nullable Object[] first = new Object[0];
    private long[] keys = new long[0];
    private int[] lots = new int[0];

    private Kinds(Roster<PendingJob> jobs) {
        this.jobs = jobs;
        WaitingTable table = WaitingTable.of(jobs);
        source = table.wants.source;
        grow(table.wants.kindCount);
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int at = 0; at < chunk.size(); at++) {
                if (!chunk.isSpecial(at)) {
                    insert(chunk.kinds()[at], sizes[chunk.kinds()[at]], chunk.job(at));
                }
            }
        }
        for (int kind = 0; kind < count; kind++) {
            Arrays.sort(members[kind], 0, sizes[kind], JobOrder.OF_TAKERS);
            noteFirst(kind);
        }
    }

    /** Of this list: the earlier one, brought up to it, where that can be done; null where the list is in no order. */
    static @Nullable Kinds of(Roster<PendingJob> jobs, @Nullable Kinds earlier) {
        if (!jobs.isSorted()) {
            return null;
        }
        boolean follows = earlier != null && earlier.source == WaitingTable.of(jobs).wants.source;
        if (!follows) {
            return new Kinds(jobs);
        }
        earlier.follow(jobs);
        return earlier;
    }

    private void follow(Roster<PendingJob> later) {
        WaitingTable was = WaitingTable.of(jobs);
        WaitingTable is = WaitingTable.of(later);
        grow(is.wants.kindCount);
        jobs.differences(later, (c, at) -> remove(was.chunk(c), at), (c, at) -> add(is.chunk(c), at));
        jobs = later;
    }

    private void grow(int kinds) {
        if (kinds > sizes.length) {
            int room = Math.max(kinds, 2 * sizes.length);
            members = Arrays.copyOf(members, room);
            Arrays.fill(members, sizes.length, room, NOBODY);
            numbers = new int[room];
            Arrays.setAll(numbers, kind -> kind);
            sizes = Arrays.copyOf(sizes, room);
            first = Arrays.copyOf(first, room);
            keys = Arrays.copyOf(keys, room);
            lots = Arrays.copyOf(lots, room);
        }
        count = kinds;
    }

    private void add(WaitingTable.Chunk chunk, int at) {
        if (!chunk.isSpecial(at)) {
            int kind = chunk.kinds()[at];
            insert(kind, -1 - find(kind, chunk.job(at)), chunk.job(at));
            noteFirst(kind);
        }
    }

    private void remove(WaitingTable.Chunk chunk, int at) {
        if (!chunk.isSpecial(at)) {
            int kind = chunk.kinds()[at];
            PendingJob[] all = members[kind];
            int place = find(kind, chunk.job(at));
            int left = --sizes[kind];
            System.arraycopy(all, place + 1, all, place, left - place);
            if (left == 0) {
                members[kind] = NOBODY;
            } else {
                // Whoever is gone must not be kept alive: any other will do behind the end.
                all[left] = all[0];
            }
            noteFirst(kind);
        }
    }

    private int find(int kind, PendingJob job) {
        return Arrays.binarySearch(members[kind], 0, sizes[kind], job, JobOrder.OF_TAKERS);
    }

    private void insert(int kind, int place, PendingJob job) {
        PendingJob[] all = members[kind];
        int size = sizes[kind]++;
        if (size == all.length) {
            all = Arrays.copyOf(all, Math.max(1, size + (size >> 1) + 1));
            members[kind] = all;
        }
        System.arraycopy(all, place, all, place + 1, size - place);
        all[place] = job;
    }

    private void noteFirst(int kind) {
        PendingJob job = sizes[kind] == 0 ? null : members[kind][0];
        first[kind] = job;
        keys[kind] = job == null ? 0 : JobOrder.key(job);
        lots[kind] = job == null ? 0 : Lots.of(job);
    }

    int count() {
        return count;
    }

    int size(int kind) {
        return sizes[kind];
    }

    PendingJob job(int kind, int at) {
        return members[kind][at];
    }

    /** The number of each. */
    int[] numbers() {
        return numbers;
    }

    /** Of each kind its first job, null where it has none. */
    @Nullable
    Object[] first() {
        return first;
    }

    /** {@link JobOrder#key} of the first. */
    long[] keys() {
        return keys;
    }

    /** {@link Lots#of} the first. */
    int[] lots() {
        return lots;
    }
}
