package dev.muster.quota.plan;

import dev.muster.quota.fit.Eligibility;
import dev.muster.quota.fit.Supply;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nodes and queues say of waiting jobs by the numbers of their table, so that nobody looks at the jobs themselves. Of one pass: an
 * answer stands once it was asked for, though others may take room meanwhile.
 */
final class Outlook {
    private static final byte UNKNOWN = 0;
    private static final byte MAY_START = 1;
    /** Not now; whether ever, nobody has asked. */
    private static final byte NOT_NOW = 2;

    private static final byte WAITS = 3;
    private static final byte NEVER = 4;

    private final World world;
    private final Groups groups;
    private final Supply supply;
    private final Crowd crowd;
    private final Wants wants;
    private final Eligibility[] where;
    /** Where the index has what an amount of the table counts; -1 where it has not. */
    private final int[] resource;
    /** Of each list of roles, what the nodes say. */
    private final byte[] onNodes;
    /** Of each kind whether there is quota. */
    private final byte[] inQuota;

    private final long[] pod;
    private final long[] asked;

    Outlook(World world, Groups groups, Supply supply) {
        this.world = world;
        this.groups = groups;
        this.supply = supply;
        crowd = world.crowd;
        wants = crowd.table.wants;
        where = new Eligibility[wants.whereCount];
        resource = new int[wants.resources.size()];
        for (int i = 0; i < resource.length; i++) {
            resource[i] = world.index.place(wants.resources.get(i));
        }
        onNodes = new byte[wants.count];
        inQuota = new byte[wants.kindCount];
        pod = new long[world.index.size()];
        asked = new long[world.index.size()];
    }

    /** The group of a job that must not use some pools now; null for all others. */
    private @Nullable Group hindered(WaitingTable.Chunk chunk, int at, int c) {
        return chunk.wants()[at] < 0 ? crowd.hindered(crowd.start(c) + at) : null;
    }

    /** True where nodes have room and its queue takes it, for all that is known without packing it. */
    boolean mayStart(WaitingTable.Chunk chunk, int at, int c) {
        return onNodes(chunk, at, c) == MAY_START && quota(chunk, at, c);
    }

    /** True where its queue takes it and nodes could have room, but have none now. */
    boolean waitsForNodes(WaitingTable.Chunk chunk, int at, int c) {
        return waits(chunk, at, c) && quota(chunk, at, c);
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

    /** What is known by now, of one that might start at first. */
    boolean mayStillFit(WaitingTable.Chunk chunk, int at, int c) {
        Group special = hindered(chunk, at, c);
        return special == null ? mayFit(chunk.want(at)) : world.packer.mayFit(special.shape);
    }

    /** True where nodes could ever have room. */
    boolean couldHold(WaitingTable.Chunk chunk, int at, int c) {
        Group special = hindered(chunk, at, c);
        return special == null ? couldHold(chunk.want(at)) : supply.couldHold(special.shape);
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
    boolean quota(WaitingTable.Chunk chunk, int at, int c) {
        int queue = crowd.queue(chunk.queues()[at]);
        if (!groups.isOpen(queue)) {
            return false;
        }
        Group group = hindered(chunk, at, c);
        if (group != null) {
            return world.ledger.takes(queue, group.asked);
        }
        int kind = chunk.kinds()[at];
        if (inQuota[kind] == UNKNOWN) {
            inQuota[kind] = takes(queue, chunk, at, c) ? MAY_START : NOT_NOW;
        }
        return inQuota[kind] == MAY_START;
    }

    private boolean takes(int queue, WaitingTable.Chunk chunk, int at, int c) {
        if (!world.columns.isEmpty()) {
            return world.ledger.takes(queue, crowd.at(c, at).asked);
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
