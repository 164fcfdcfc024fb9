package dev.muster.quota.plan;

import dev.muster.quota.fit.Eligibility;
import dev.muster.quota.fit.Supply;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, before the turns of one pass, who may start and who of each queue waits first for nodes: by the numbers of the table,
 * so that nobody looks at a job that cannot start.
 */
final class Sieve {
    private static final byte UNKNOWN = 0;
    private static final byte MAY_START = 1;
    /** Not now; whether ever, nobody has asked. */
    private static final byte NOT_NOW = 2;

    private static final byte WAITS = 3;
    private static final byte NEVER = 4;

    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final Supply supply;
    private final Crowd crowd;
    private final WaitingTable table;
    private final Wants wants;
    private final Eligibility[] where;
    /** Where the index has what an amount of the table counts; -1 where it has not. */
    private final int[] resource;
    /** Of each list of roles, what the nodes say. */
    private final byte[] onNodes;
    /** Of each queue of the table and each list of roles whether there is quota, where these are few: 0 is not asked yet. */
    private final byte @Nullable [] inQuota;

    private final long[] pod;
    private final long[] asked;
    private final int pass;
    private boolean anyMayStart;
    private boolean severalRolesWait;

    /** {@code pass} is the number of this pass, from 1. */
    Sieve(World world, Groups groups, Acts acts, Supply supply, int pass) {
        this.pass = pass;
        this.world = world;
        this.groups = groups;
        this.acts = acts;
        this.supply = supply;
        crowd = world.crowd;
        table = crowd.table;
        wants = table.wants;
        where = new Eligibility[wants.whereCount];
        resource = new int[wants.resources.size()];
        for (int i = 0; i < resource.length; i++) {
            resource[i] = world.index.place(wants.resources.get(i));
        }
        onNodes = new byte[wants.count];
        long pairs = (long) wants.queueCount * wants.count;
        inQuota = pairs <= crowd.size() ? new byte[(int) pairs] : null;
        pod = new long[world.index.size()];
        asked = new long[world.index.size()];
    }

    /** Jobs that may start, and where there are some, of each queue the first that fits in quota and waits for nodes. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                if (onNodes(chunk, i, c) == MAY_START && quota(chunk, i, c)) {
                    anyMayStart = true;
                    PendingJob job = chunk.job(i);
                    if (!acts.isDecided(job.id())) {
                        entries.add(new Candidate(job, chunk, i, c));
                    }
                }
            }
        }
        if (anyMayStart) {
            severalRolesWait = anySeveralRolesWait();
            if (world.snapshot.settings().backfill().depth() > 0) {
                heads(entries);
            }
        }
        return entries;
    }

    /** True where a gang of several roles was found to wait for nodes; told where somebody may start. */
    boolean severalRolesWait() {
        return severalRolesWait;
    }

    /** One that may start, by the numbers of the table. */
    final class Candidate extends Entry {
        private final WaitingTable.Chunk chunk;
        private final int at;
        private final int c;

        private Candidate(PendingJob job, WaitingTable.Chunk chunk, int at, int c) {
            super(job, crowd.queue(chunk.queues()[at]));
            this.chunk = chunk;
            this.at = at;
            this.c = c;
        }

        @Override
        Group found() {
            return entered(c, at, Group.Standing.MAY_START);
        }

        /** What is known by now, as long as {@link #isUnseen}. */
        boolean mayStillFit() {
            Group special = hindered(chunk, at, c);
            return special == null ? mayFit(chunk.want(at)) : world.packer.mayFit(special.shape);
        }

        /** Where it does not fit: true where it ever could. */
        boolean waits() {
            Group special = hindered(chunk, at, c);
            return special == null ? couldHold(chunk.want(at)) : supply.couldHold(special.shape);
        }

        boolean hasSeveralRoles() {
            return wants.roles(chunk.want(at)) > 1;
        }

        /** It was found to wait for nodes. */
        Entry waiting() {
            return new Entry(job(), entered(c, at, Group.Standing.WAITS_FOR_NODES));
        }
    }

    /** The group; what was found of it in this pass already stands. */
    private Group entered(int c, int at, Group.Standing standing) {
        Group group = crowd.at(c, at);
        if (group.pass != pass) {
            group.pass = pass;
            group.standing = standing;
            group.mayStartAtFirst = standing == Group.Standing.MAY_START;
            group.behind = null;
        }
        return group;
    }

    private void heads(List<Entry> entries) {
        int queues = world.ledger.queues();
        int[] chunkOfFirst = new int[queues];
        int[] first = new int[queues];
        Arrays.fill(first, -1);
        long[] best = new long[queues];
        JobOrder.Inside order = world.insideAQueue;
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                byte known = onNodes(chunk, i, c);
                int queue = crowd.queue(chunk.queues()[i]);
                if (known == MAY_START || known == NEVER || !groups.isOpen(queue)) {
                    continue;
                }
                long key = order.ages() ? order.key(chunk.job(i)) : chunk.keys()[i];
                boolean before = first[queue] < 0
                        || key < best[queue]
                        || (key == best[queue]
                                && order.compare(
                                                chunk.job(i),
                                                table.chunk(chunkOfFirst[queue]).job(first[queue]))
                                        < 0);
                if (before
                        && waits(chunk, i, c)
                        && quota(chunk, i, c)
                        && !acts.isDecided(chunk.job(i).id())) {
                    first[queue] = i;
                    chunkOfFirst[queue] = c;
                    best[queue] = key;
                }
            }
        }
        for (int queue = 0; queue < queues; queue++) {
            if (first[queue] >= 0) {
                int c = chunkOfFirst[queue];
                PendingJob job = table.chunk(c).job(first[queue]);
                entries.add(new Entry(job, entered(c, first[queue], Group.Standing.WAITS_FOR_NODES)));
            }
        }
    }

    private boolean anySeveralRolesWait() {
        for (int c = 0; c < table.chunks(); c++) {
            WaitingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.size(); i++) {
                if (wants.roles(chunk.want(i)) > 1 && waits(chunk, i, c) && quota(chunk, i, c)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The group of a job that must not use some pools now; null for all others. */
    private @Nullable Group hindered(WaitingTable.Chunk chunk, int at, int c) {
        return chunk.wants()[at] < 0 ? crowd.hindered(crowd.start(c) + at) : null;
    }

    private byte onNodes(WaitingTable.Chunk chunk, int at, int c) {
        Group group = hindered(chunk, at, c);
        if (group != null) {
            return world.packer.mayFit(group.shape) ? MAY_START : NOT_NOW;
        }
        int want = chunk.want(at);
        byte known = onNodes[want];
        if (known == UNKNOWN) {
            known = mayFit(want) ? MAY_START : NOT_NOW;
            onNodes[want] = known;
        }
        return known;
    }

    /** True where it does not fit now and is no gang that never could. */
    private boolean waits(WaitingTable.Chunk chunk, int at, int c) {
        byte known = onNodes(chunk, at, c);
        Group group = hindered(chunk, at, c);
        if (group != null) {
            return known == NOT_NOW && supply.couldHold(group.shape);
        }
        if (known == NOT_NOW) {
            known = couldHold(chunk.want(at)) ? WAITS : NEVER;
            onNodes[chunk.want(at)] = known;
        }
        return known == WAITS;
    }

    private boolean mayFit(int want) {
        for (int row = wants.firstRow[want]; row < wants.firstRow[want + 1]; row++) {
            if (wants.minimum[row] > 0 && !(read(row) && world.packer.mayFit(where(row), pod, wants.minimum[row]))) {
                return false;
            }
        }
        return true;
    }

    private boolean couldHold(int want) {
        for (int row = wants.firstRow[want]; row < wants.firstRow[want + 1]; row++) {
            if (wants.minimum[row] > 0
                    && !(read(row) && supply.couldHold(where(row), pod, wants.minimum[row], wants.oneZone[want]))) {
                return false;
            }
        }
        return true;
    }

    /** Into {@code pod}; false where it asks a resource that nobody knows. */
    private boolean read(int row) {
        Arrays.fill(pod, 0);
        boolean complete = true;
        for (int i = 0; i < resource.length; i++) {
            long amount = wants.amounts[row * wants.stride + i];
            if (amount != Wants.UNSAID) {
                if (resource[i] < 0) {
                    complete = false;
                } else {
                    pod[resource[i]] = amount;
                }
            }
        }
        return complete;
    }

    private Eligibility where(int row) {
        int number = wants.where[row];
        Eligibility known = where[number];
        if (known == null) {
            Wants.Where words = wants.wheres[number];
            known = world.places.of(words.affinity(), words.tolerations(), Set.of());
            where[number] = known;
        }
        return known;
    }

    /** True where its queue is open and takes what the job asks. */
    private boolean quota(WaitingTable.Chunk chunk, int at, int c) {
        int queue = crowd.queue(chunk.queues()[at]);
        if (!groups.isOpen(queue)) {
            return false;
        }
        Group group = hindered(chunk, at, c);
        if (group != null) {
            return world.ledger.takes(queue, group.asked);
        }
        if (inQuota == null) {
            return takes(queue, chunk, at, c);
        }
        int pair = chunk.queues()[at] * wants.count + chunk.want(at);
        if (inQuota[pair] == UNKNOWN) {
            inQuota[pair] = takes(queue, chunk, at, c) ? MAY_START : NOT_NOW;
        }
        return inQuota[pair] == MAY_START;
    }

    private boolean takes(int queue, WaitingTable.Chunk chunk, int at, int c) {
        if (!world.columns.isEmpty()) {
            return world.ledger.takes(queue, crowd.at(crowd.start(c) + at).asked);
        }
        int want = chunk.want(at);
        Arrays.fill(asked, 0);
        for (int row = wants.firstRow[want]; row < wants.firstRow[want + 1]; row++) {
            read(row);
            for (int r = 0; r < asked.length; r++) {
                asked[r] = Resources.add(asked[r], Resources.multiply(pod[r], wants.minimum[row]));
            }
        }
        return world.ledger.takes(queue, asked);
    }
}
