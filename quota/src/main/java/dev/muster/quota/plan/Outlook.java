package dev.muster.quota.plan;

import dev.muster.quota.fit.Eligibility;
import dev.muster.quota.fit.Supply;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.Set;

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
    /** Of each kind whether its queue is open and has quota. */
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

    /** True where nodes have room for one of the group and its queue takes it, for all that is known without packing it. */
    boolean mayStart(int number, Object sample) {
        return onNodes(number) == MAY_START && quota(number, sample);
    }

    /** True where its queue takes it and nodes could have room, but have none now. */
    boolean waitsForNodes(int number, Object sample) {
        return waits(number) && quota(number, sample);
    }

    private byte onNodes(int number) {
        Group special = crowd.hindered(number);
        if (special != null) {
            return world.packer.mayFit(special.shape) ? MAY_START : NOT_NOW;
        }
        int want = wants.kindWant[number];
        byte known = onNodes[want];
        if (known == UNKNOWN) {
            known = wantMayFit(want) ? MAY_START : NOT_NOW;
            onNodes[want] = known;
        }
        return known;
    }

    private boolean waits(int number) {
        byte known = onNodes(number);
        Group special = crowd.hindered(number);
        if (special != null) {
            return known == NOT_NOW && supply.couldHold(special.shape);
        }
        if (known == NOT_NOW) {
            int want = wants.kindWant[number];
            known = wantCouldHold(want) ? WAITS : NEVER;
            onNodes[want] = known;
        }
        return known == WAITS;
    }

    /** What is known by now, of one that might start at first. */
    boolean mayStillFit(int number) {
        Group special = crowd.hindered(number);
        return special == null ? wantMayFit(wants.kindWant[number]) : world.packer.mayFit(special.shape);
    }

    /** True where nodes could ever have room. */
    boolean couldHold(int number) {
        Group special = crowd.hindered(number);
        return special == null ? wantCouldHold(wants.kindWant[number]) : supply.couldHold(special.shape);
    }

    boolean hasSeveralRoles(int number) {
        Group special = crowd.hindered(number);
        return (special == null ? wants.roles(wants.kindWant[number]) : special.shape.roles()) > 1;
    }

    private boolean wantMayFit(int want) {
        for (int row = wants.firstRow[want]; row < wants.firstRow[want + 1]; row++) {
            if (wants.minimum[row] > 0 && !(read(row) && world.packer.mayFit(where(row), pod, wants.minimum[row]))) {
                return false;
            }
        }
        return true;
    }

    private boolean wantCouldHold(int want) {
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

    /** True where its queue is open and takes what such a job asks. */
    boolean quota(int number, Object sample) {
        Group special = crowd.hindered(number);
        if (special != null) {
            return groups.isOpen(special) && world.ledger.takes(special.queue, special.asked);
        }
        if (inQuota[number] == UNKNOWN) {
            int queue = crowd.queue(number);
            inQuota[number] = groups.isOpen(queue) && takes(queue, number, sample) ? MAY_START : NOT_NOW;
        }
        return inQuota[number] == MAY_START;
    }

    private boolean takes(int queue, int kind, Object sample) {
        if (!world.columns.isEmpty()) {
            return world.ledger.takes(queue, crowd.group(kind, sample).asked);
        }
        add(wants.kindWant[kind], asked);
        return world.ledger.takes(queue, asked);
    }

    /** What one of the group asks for sure, wide, without the group where numbers say it. */
    long[] asked(int number, Object sample) {
        if (crowd.hindered(number) != null || !world.columns.isEmpty()) {
            return crowd.group(number, sample).asked;
        }
        long[] all = new long[world.index.size()];
        add(wants.kindWant[number], all);
        return all;
    }

    /** Of all roles; what stood there is gone. */
    private void add(int want, long[] all) {
        Arrays.fill(all, 0);
        for (int row = wants.firstRow[want]; row < wants.firstRow[want + 1]; row++) {
            read(row);
            for (int r = 0; r < all.length; r++) {
                all[r] = Resources.add(all[r], Resources.multiply(pod[r], wants.minimum[row]));
            }
        }
    }
}
