package dev.muster.quota.fit;

import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one packing routine: puts whole gangs on the free room, or says how many pods would fit. Its answer depends only on what
 * is free, so asking again gives the same. One pool for the whole gang is tried first, then one pool for each role, then a
 * split; pools in their {@link PoolOrder}.
 * For one role it finds room whenever there is some; with several roles it tries each role first.
 */
public final class Packer {
    private static final int ANY = -1;

    private final Room room;
    private final Bounds bounds;
    private final Candidates candidates = new Candidates();
    /** Of the gang that is being packed. */
    private @Nullable PoolQuota quota;
    /** Whether wishes how pods lie are heard; they are not where the gang does not fit with them. */
    private boolean wishes = true;

    private final PoolOrder poolOrder;

    public Packer(Room room) {
        this(room, PoolChoice.AS_LISTED);
    }

    /** One that chooses among pools that are as good as one another in this order. */
    public Packer(Room room, PoolChoice choice) {
        this.room = room;
        this.poolOrder = new PoolOrder(room, choice);
        this.bounds = new Bounds(room);
    }

    /** Packs the gang and takes its room; null, and nothing taken, where it does not fit. */
    public @Nullable Placement pack(GangShape gang) {
        return pack(gang, null);
    }

    /** The same with no more in each pool than {@code most} allows; null allows all. */
    public @Nullable Placement pack(GangShape gang, @Nullable PoolQuota most) {
        return mayFit(gang) ? pack(gang, most, true) : null;
    }

    /** The same without use of what is known of other shapes: for trials on room that is given back and taken again. */
    public @Nullable Placement packExactly(GangShape gang, @Nullable PoolQuota most) {
        return pack(gang, most, false);
    }

    /** True where {@link #packExactly} finds room; nothing is taken. */
    public boolean fitsExactly(GangShape gang, @Nullable PoolQuota most) {
        if (gang.roles() == 1 && !gang.oneZone() && most == null) {
            // One role finds room whenever there is some.
            return count(gang.pods[0]) >= gang.minimum[0];
        }
        Placement placement = packExactly(gang, most);
        if (placement == null) {
            return false;
        }
        undo(gang, placement);
        return true;
    }

    /**
     * Asks {@link #fitsExactly} of this gang many times, between small changes of room: counts once and keeps the count up. Null, and
     * nothing is kept up, where more than a count decides. {@link #stopCounting} follows.
     */
    public @Nullable Headcount startCounting(GangShape gang, @Nullable PoolQuota most) {
        if (gang.roles() != 1 || gang.oneZone() || most != null || gang.pods[0].missing) {
            return null;
        }
        Headcount count = new Headcount(room, gang.pods[0]);
        room.keepUp(count);
        return count;
    }

    public void stopCounting() {
        room.keepUp(null);
    }

    private @Nullable Placement pack(GangShape gang, @Nullable PoolQuota most, boolean learn) {
        quota = most;
        if (most != null) {
            most.reset();
        }
        int roles = gang.roles();
        long[][] counts = new long[roles][];
        for (int role = 0; role < roles; role++) {
            // No comparison needs more than what the role asks for.
            counts[role] = countByKind(gang.pods[role], gang.minimum[role]);
            if (sum(counts[role]) < gang.minimum[role]) {
                if (learn) {
                    bounds.doNotFit(gang.pods[role], gang.minimum[role]);
                }
                return null;
            }
        }
        Placement placement = new Placement(room, gang);
        List<Integer> pools = poolOrder.pools(gang);
        int[] order = hardestFirst(gang);
        if (packAnyhow(gang, order, counts, pools, placement)) {
            return placement;
        }
        if (gang.hasWishes()) {
            wishes = false;
            boolean fits = packAnyhow(gang, order, counts, pools, placement);
            wishes = true;
            return fits ? placement : null;
        }
        return roles == 0 ? placement : null;
    }

    private boolean packAnyhow(GangShape gang, int[] order, long[][] counts, List<Integer> pools, Placement placement) {
        for (int zone : zones(gang, counts)) {
            for (int first = 0; first < gang.roles(); first++) {
                if (packAll(gang, startingWith(order, first), counts, pools, zone, placement)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** In the order in which they are tried; who wishes to be close together may be in several all the same. */
    private int[] zones(GangShape gang, long[][] counts) {
        if (gang.oneZone()) {
            return zonesWithRoom(gang, counts);
        }
        return wishes && gang.wishes(Collocation.PACK) && room.zones.length > 1
                ? IntStream.concat(IntStream.of(zonesWithRoom(gang, counts)), IntStream.of(ANY))
                        .toArray()
                : new int[] {ANY};
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Zones in which each role fits by itself, by name. */
    private int[] zonesWithRoom(GangShape gang, long[][] counts) {
        return IntStream.range(0, room.zones.length)
                .filter(zone -> IntStream.range(0, gang.roles())
                        .allMatch(role -> countIn(ANY, zone, counts[role]) >= gang.minimum[role]))
                .toArray();
    }

    /** False where the gang does not fit for sure; true costs less than to find out. */
    public boolean mayFit(GangShape gang) {
        for (int role = 0; role < gang.roles(); role++) {
            PodShape pod = gang.pods[role];
            if (gang.minimum[role] > 0 && (pod.missing || !bounds.mayFit(pod.where, pod.amounts, gang.minimum[role]))) {
                return false;
            }
        }
        return true;
    }

    /** The same for {@code pods} pods of one role. */
    public boolean mayFit(Eligibility where, long[] pod, int pods) {
        return bounds.mayFit(where, pod, pods);
    }

    /** {@code pods} pods of this size on the node with this number. */
    public record Spot(int node, long[] pod, int pods) {}

    /** Takes exactly this room; false, and nothing taken, where some of it is not free or the node is unknown (-1). */
    public boolean takeAt(List<Spot> spots) {
        int taken = 0;
        for (Spot spot : spots) {
            if (spot.node < 0 || room.capacity(spot.node, spot.pod, spot.pods) < spot.pods) {
                spots.subList(0, taken).forEach(each -> room.giveBack(each.node, each.pod, each.pods));
                return false;
            }
            room.take(spot.node, spot.pod, spot.pods);
            taken++;
        }
        return true;
    }

    /** True where the gang fits now; nothing is taken. */
    public boolean fits(GangShape gang) {
        return fits(gang, null);
    }

    /** The same with no more in each pool than {@code most} allows. */
    public boolean fits(GangShape gang, @Nullable PoolQuota most) {
        Placement placement = pack(gang, most);
        if (placement == null) {
            return false;
        }
        undo(gang, placement);
        return true;
    }

    /** How many pods of this shape fit now. */
    public long count(PodShape pod) {
        return sum(countByKind(pod));
    }

    /** Gives back what {@link #pack} took. */
    public void undo(GangShape gang, Placement placement) {
        for (int spot = placement.spots() - 1; spot >= 0; spot--) {
            room.giveBack(placement.node(spot), gang.pods[placement.role(spot)].amounts, placement.pods(spot));
        }
        placement.clear();
    }

    /** Of each zone by name, how many pods of the role fit there. */
    long[] countByZone(PodShape pod) {
        long[] counts = countByKind(pod);
        return IntStream.range(0, room.zones.length)
                .mapToLong(zone -> countIn(ANY, zone, counts))
                .toArray();
    }

    /** Forgets what did not fit; needed when room was given back other than by {@link #undo}. */
    public void forget() {
        bounds.forget();
    }

    /** How many pods of the role alone fit on each kind of node. */
    long[] countByKind(PodShape pod) {
        return countByKind(pod, Long.MAX_VALUE);
    }

    private long[] countByKind(PodShape pod, long enough) {
        long[] counts = new long[room.kinds.length];
        if (!pod.missing) {
            for (int kind : pod.where.kinds()) {
                counts[kind] = room.count(kind, pod.amounts, enough);
            }
        }
        return counts;
    }

    private boolean packAll(
            GangShape gang, int[] order, long[][] counts, List<Integer> pools, int zone, Placement placement) {
        for (int pool : pools) {
            boolean eachFits = true;
            for (int role : order) {
                eachFits &= allowed(pool, gang.pods[role], countIn(pool, zone, counts[role])) >= gang.minimum[role];
            }
            if (eachFits && packInto(gang, order, role -> pool, zone, placement)) {
                return true;
            }
        }
        // Not in one pool: each role in one of its own where it can be, split where not.
        return packInto(gang, order, role -> firstWithRoom(gang, role, pools, zone), zone, placement);
    }

    /** The first pool that takes the whole role now; {@link #ANY} where none does. */
    private int firstWithRoom(GangShape gang, int role, List<Integer> pools, int zone) {
        long[] now = countByKind(gang.pods[role], gang.minimum[role]);
        for (int pool : pools) {
            if (allowed(pool, gang.pods[role], countIn(pool, zone, now)) >= gang.minimum[role]) {
                return pool;
            }
        }
        return ANY;
    }

    private boolean packInto(GangShape gang, int[] order, RolesPool choice, int zone, Placement placement) {
        for (int role : order) {
            if (!place(gang, role, choice.poolFor(role), zone, placement)) {
                undo(gang, placement);
                if (quota != null) {
                    quota.reset();
                }
                return false;
            }
        }
        return true;
    }

    private long allowed(int pool, PodShape pod, long count) {
        return quota == null ? count : quota.pods(pool, pod.amounts, count);
    }

    private boolean place(GangShape gang, int role, int pool, int zone, Placement placement) {
        PodShape pod = gang.pods[role];
        collect(pod, gang.minimum[role], pool, zone);
        int left = gang.minimum[role];
        int each = wishes && pod.collocation == Collocation.SPREAD ? evenly(pod, left) : left;
        while (left > 0 && !candidates.isEmpty()) {
            int node = room.nodeAtRank((int) candidates.takeLeast());
            int pods = room.capacity(node, pod.amounts, Math.min(each, left));
            if (quota != null) {
                int of = room.kinds[room.kindOf(node)].pool();
                pods = (int) quota.pods(of, pod.amounts, pods);
                if (pods == 0) {
                    continue;
                }
                quota.take(of, pod.amounts, pods);
            }
            room.take(node, pod.amounts, pods);
            placement.add(role, node, pods);
            left -= pods;
        }
        return left == 0;
    }

    /** The fewest pods that each of the nodes must take for all of them to have one; a binary search. */
    private int evenly(PodShape pod, int pods) {
        int least = 1;
        int most = pods;
        while (least < most) {
            int each = (least + most) >>> 1;
            long sum = 0;
            for (int c = 0; c < candidates.size() && sum < pods; c++) {
                sum += room.capacity(room.nodeAtRank((int) candidates.get(c)), pod.amounts, each);
            }
            if (sum >= pods) {
                most = each;
            } else {
                least = each + 1;
            }
        }
        return least;
    }

    /** Nodes with room for at least one pod, as numbers that sort by preference, then fullness or the wish to pack, then name. */
    private void collect(PodShape pod, int minimum, int pool, int zone) {
        boolean together = wishes && pod.collocation == Collocation.PACK;
        candidates.clear();
        for (int kind : pod.where.kinds()) {
            if (isIn(pool, zone, kind)) {
                long dislike = (1L << 20) - Math.min(1 << 20, pod.where.preference()[kind]);
                room.each(kind, pod.amounts, node -> {
                    long emptiness = (long) ((1 - room.fullness(node, pod.amounts)) * 1023);
                    if (together) {
                        // The fullest that takes all of them, else those that take the most.
                        int pods = room.capacity(node, pod.amounts, minimum);
                        emptiness = pods >= minimum ? emptiness / 2 : 1023 - Math.min(511, pods);
                    }
                    candidates.add(dislike << 42 | emptiness << 32 | room.rank(node));
                });
            }
        }
        candidates.order();
    }

    private boolean isIn(int pool, int zone, int kind) {
        return (pool == ANY || room.kinds[kind].pool() == pool) && (zone == ANY || room.zoneOf(kind) == zone);
    }

    private long countIn(int pool, int zone, long[] counts) {
        long sum = 0;
        for (int kind = 0; kind < counts.length; kind++) {
            if (isIn(pool, zone, kind)) {
                sum = Resources.add(sum, counts[kind]);
            }
        }
        return sum;
    }

    /** Roles by the part of the largest node that one pod takes, the largest part first. */
    private int[] hardestFirst(GangShape gang) {
        double[] part = new double[gang.roles()];
        for (int role = 0; role < part.length; role++) {
            for (int r = 0; r < room.width; r++) {
                long largest = 1;
                for (int kind : gang.pods[role].where.kinds()) {
                    largest = Math.max(largest, room.kinds[kind].allocatable()[r]);
                }
                part[role] = Math.max(part[role], (double) gang.pods[role].amounts[r] / largest);
            }
        }
        return IntStream.range(0, part.length)
                .boxed()
                .sorted((a, b) -> part[a] != part[b]
                        ? Double.compare(part[b], part[a])
                        : gang.role(a).compareTo(gang.role(b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] startingWith(int[] order, int first) {
        int[] turned = new int[order.length];
        turned[0] = order[first];
        for (int i = 0, to = 1; i < order.length; i++) {
            if (i != first) {
                turned[to++] = order[i];
            }
        }
        return turned;
    }

    /** Which pool a role is to use. */
    private interface RolesPool {
        int poolFor(int role);
    }
}
