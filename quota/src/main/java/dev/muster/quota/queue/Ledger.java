package dev.muster.quota.queue;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every queue of a tree holds and may still take, in dense vectors. Queues are numbered by name, {@link #NONE} is no
 * queue. Of each queue and resource <i>kept</i> = max(guarantee, own + Σ kept of the children) is what is held below or must
 * stay free for it. Where the top guarantees or deserved amounts exceed the supply, all count proportionally less.
 */
public final class Ledger {
    public static final int NONE = -1;
    /** More than anybody has, with room for sums. */
    private static final long MOST = Long.MAX_VALUE / 4;

    private final ResourceIndex index;
    private final PoolColumns columns;
    private final int width;
    private final QueueName[] names;
    private final Map<QueueName, Integer> numbers;
    private final int[] parents;
    private final int[] weights;
    private final boolean[] fences;
    private final long[] used;
    private final long[] taken;
    private final long[] guarantee;
    private final double[] deserved;
    private final long[] capability;
    private final long[] supply;
    private final long[] usedByAll;
    private final long[] keptByAll;
    private long[] limit;

    /** Nothing is held yet; {@code supply}, wide, is what all pools have for pods of Muster, and single ones in their columns. */
    public Ledger(QueueTree tree, ResourceIndex index, PoolColumns columns, long[] supply) {
        List<QueueSpec> queues = tree.queues();
        this.index = index;
        this.columns = columns;
        this.width = columns.width();
        this.supply = supply.clone();
        this.limit = supply.clone();
        int count = queues.size();
        numbers = new HashMap<>(count * 2);
        names = new QueueName[count];
        parents = new int[count];
        weights = new int[count * width];
        fences = new boolean[count];
        used = new long[count * width];
        taken = new long[count * width];
        guarantee = new long[count * width];
        deserved = new double[count * width];
        capability = new long[count * width];
        usedByAll = new long[width];
        keptByAll = new long[width];
        for (int q = 0; q < count; q++) {
            names[q] = queues.get(q).name();
            numbers.put(names[q], q);
        }
        Arrays.fill(capability, Long.MAX_VALUE);
        Arrays.fill(parents, NONE);
        for (int q = 0; q < count; q++) {
            QueueSpec queue = queues.get(q);
            fences[q] = queue.fence();
            for (int r = 0; r < width; r++) {
                weights[q * width + r] = queue.weight(index.name(columns.resource(r)));
            }
            List<QueueSpec> lineage = tree.lineage(queue.name());
            parents[q] = lineage.size() < 2 ? NONE : numbers.get(lineage.get(1).name());
            index.write(queue.guarantee(), guarantee, q * width);
            long[] wanted = index.vector(queue.deserved());
            for (int r = 0; r < wanted.length; r++) {
                deserved[q * width + r] = wanted[r];
            }
            limitBy(queue.capability(), q);
            ofSinglePools(queue, q);
        }
        scaleToSupply();
        keepGuarantees(tree);
    }

    private Ledger(Ledger other) {
        index = other.index;
        columns = other.columns;
        width = other.width;
        names = other.names;
        numbers = other.numbers;
        parents = other.parents;
        weights = other.weights;
        fences = other.fences;
        guarantee = other.guarantee;
        deserved = other.deserved;
        capability = other.capability;
        supply = other.supply;
        used = other.used.clone();
        taken = other.taken.clone();
        usedByAll = other.usedByAll.clone();
        keptByAll = other.keptByAll.clone();
        limit = other.limit.clone();
    }

    /** The same queues with books of their own. */
    public Ledger copy() {
        return new Ledger(this);
    }

    /** True where the books of this copy are those of the other one, of the same queues. */
    public boolean isAs(Ledger other) {
        return capability == other.capability
                && Arrays.equals(used, other.used)
                && Arrays.equals(taken, other.taken)
                && Arrays.equals(usedByAll, other.usedByAll)
                && Arrays.equals(keptByAll, other.keptByAll)
                && Arrays.equals(limit, other.limit);
    }

    /** True where all that is held or kept is less than {@code amount} in every resource. */
    public boolean isAllBelow(long amount) {
        boolean below = true;
        for (int r = 0; r < width; r++) {
            below &= usedByAll[r] < amount && keptByAll[r] < amount;
        }
        return below;
    }

    private void limitBy(@Nullable Resources limits, int queue) {
        if (limits == null) {
            return;
        }
        for (int r = 0; r < index.size(); r++) {
            if (limits.names().contains(index.name(r))) {
                capability[queue * width + r] = limits.amount(index.name(r));
            }
        }
    }

    /** Deserved that is not said of a pool stands in nobody's way. */
    private void ofSinglePools(QueueSpec queue, int number) {
        Arrays.fill(deserved, number * width + index.size(), (number + 1) * width, Double.POSITIVE_INFINITY);
        queue.pools().forEach((pool, amounts) -> {
            for (int place : columns.of(pool)) {
                String name = index.name(columns.resource(place));
                int at = number * width + place;
                guarantee[at] = amounts.guarantee().amount(name);
                if (amounts.deserved() != null && amounts.deserved().names().contains(name)) {
                    deserved[at] = amounts.deserved().amount(name);
                }
                if (amounts.capability() != null && amounts.capability().names().contains(name)) {
                    capability[at] = amounts.capability().amount(name);
                }
                weights[at] = amounts.weights().getOrDefault(name, weights[at]);
            }
        });
    }

    private void scaleToSupply() {
        for (int r = 0; r < width; r++) {
            long guaranteed = 0;
            double earned = 0;
            for (int q = 0; q < names.length; q++) {
                if (parents[q] == NONE) {
                    guaranteed = Resources.add(guaranteed, guarantee[q * width + r]);
                    earned += says(q, r) ? deserved[q * width + r] : 0;
                }
            }
            for (int q = 0; q < names.length; q++) {
                int at = q * width + r;
                if (guaranteed > supply[r]) {
                    guarantee[at] = Resources.share(guarantee[at], supply[r], guaranteed);
                }
                if (earned > supply[r] && says(q, r)) {
                    deserved[at] = deserved[at] * supply[r] / earned;
                }
            }
        }
    }

    /** False where the queue says nothing of what it deserves of a resource in a single pool. */
    public boolean says(int queue, int resource) {
        return deserved[queue * width + resource] != Double.POSITIVE_INFINITY;
    }

    private void keepGuarantees(QueueTree tree) {
        for (QueueName root : tree.roots()) {
            keepGuarantees(tree, root);
        }
    }

    private void keepGuarantees(QueueTree tree, QueueName name) {
        int queue = numbers.get(name);
        for (QueueName child : tree.children(name)) {
            keepGuarantees(tree, child);
        }
        for (int r = 0; r < width; r++) {
            long kept = kept(queue, r);
            if (parents[queue] == NONE) {
                keptByAll[r] = Resources.add(keptByAll[r], kept);
            } else {
                int above = parents[queue] * width + r;
                taken[above] = Resources.add(taken[above], kept);
            }
        }
    }

    /** The number of a queue, {@link #NONE} where it does not exist. */
    public int number(QueueName name) {
        return numbers.getOrDefault(name, NONE);
    }

    public QueueName name(int queue) {
        return names[queue];
    }

    public int queues() {
        return names.length;
    }

    /** The number of the queue above, {@link #NONE} for one at the top. */
    public int parent(int queue) {
        return parents[queue];
    }

    public int weight(int queue, int resource) {
        return weights[queue * width + resource];
    }

    /** The nearest queue, from this one upwards, beyond which nobody is evicted for its jobs; {@link #NONE} where all may. */
    public int fence(int queue) {
        int q = queue;
        while (q != NONE && !fences[q]) {
            q = parents[q];
        }
        return q;
    }

    public long used(int queue, int resource) {
        return used[queue * width + resource];
    }

    public long capability(int queue, int resource) {
        return capability[queue * width + resource];
    }

    public long guarantee(int queue, int resource) {
        return guarantee[queue * width + resource];
    }

    /** May be a fraction, where more is deserved than there is. */
    public double deserved(int queue, int resource) {
        return deserved[queue * width + resource];
    }

    public long supply(int resource) {
        return supply[resource];
    }

    /** What is held or must stay free for it. */
    private long kept(int queue, int resource) {
        int at = queue * width + resource;
        return Math.max(guarantee[at], taken[at]);
    }

    /** Idle guarantee of all queues together. */
    public long idleGuarantee(int resource) {
        return Math.max(0, keptByAll[resource] - usedByAll[resource]);
    }

    /** Places of a wide vector. */
    public int width() {
        return width;
    }

    /** What may be held or kept in all: what is used now and what is {@code free} on nodes, wide. */
    public void limitToUsedAnd(long[] free) {
        limit = new long[width];
        for (int r = 0; r < width; r++) {
            limit[r] = Resources.add(usedByAll[r], free[r]);
        }
    }

    /** Books {@code amounts} to the queue and all above; NONE books to nobody. */
    public void add(int queue, long[] amounts) {
        for (int r = 0; r < amounts.length; r++) {
            book(queue, r, amounts[r]);
        }
    }

    /** Books an amount of one resource. */
    public void add(int queue, int resource, long amount) {
        book(queue, resource, amount);
    }

    /** The reverse. */
    public void remove(int queue, int resource, long amount) {
        book(queue, resource, -amount);
    }

    /** The reverse of {@link #add(int, long[])}. */
    public void remove(int queue, long[] amounts) {
        for (int r = 0; r < amounts.length; r++) {
            book(queue, r, -amounts[r]);
        }
    }

    private void book(int queue, int resource, long amount) {
        long change = amount;
        for (int q = queue; q != NONE && amount != 0; q = parents[q]) {
            int at = q * width + resource;
            long before = kept(q, resource);
            used[at] = sum(used[at], amount);
            taken[at] = sum(taken[at], change);
            change = kept(q, resource) - before;
        }
        usedByAll[resource] = sum(usedByAll[resource], amount);
        keptByAll[resource] = sum(keptByAll[resource], change);
    }

    private static long sum(long amount, long change) {
        return change < 0 ? amount + change : Resources.add(amount, change);
    }

    /** What would stand against booking {@code amounts} to the queue; null where nothing does. */
    public @Nullable Refusal refusal(int queue, long[] amounts) {
        for (int r = 0; r < amounts.length; r++) {
            if (amounts[r] > 0) {
                Refusal refusal = refusal(queue, r, amounts[r]);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    /** True where nothing would stand against it. */
    public boolean takes(int queue, long[] amounts) {
        for (int r = 0; r < amounts.length; r++) {
            if (amounts[r] > 0 && refusal(queue, r, amounts[r]) != null) {
                return false;
            }
        }
        return true;
    }

    /** The same as {@link #refusal(int, long[])} for one resource. */
    public @Nullable Refusal refusal(int queue, int resource, long amount) {
        long change = amount;
        for (int q = queue; q != NONE; q = parents[q]) {
            int at = q * width + resource;
            if (Resources.add(used[at], amount) > capability[at]) {
                return new Refusal(Refusal.Kind.CAPABILITY, q, resource);
            }
            long after = Math.max(guarantee[at], Resources.add(taken[at], change));
            change = after - kept(q, resource);
            if (change > 0 && after > capability[at]) {
                return new Refusal(Refusal.Kind.GUARANTEE, q, resource);
            }
        }
        long kept = Resources.add(keptByAll[resource], change);
        boolean guaranteeIdle = kept > Resources.add(usedByAll[resource], amount);
        return change > 0 && guaranteeIdle && kept > limit[resource]
                ? new Refusal(Refusal.Kind.GUARANTEE, NONE, resource)
                : null;
    }

    /** The most that may be booked to the queue of one resource. */
    public long bookable(int queue, int resource) {
        long low = 0;
        long high = MOST;
        if (refusal(queue, resource, high) == null) {
            return Long.MAX_VALUE;
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (refusal(queue, resource, middle) == null) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What is free on nodes and may be used or kept. */
    public long free(int resource) {
        return Math.max(0, limit[resource] - usedByAll[resource]);
    }

    /** The least capability of the queue and those above it. */
    public long leastCapability(int queue, int resource) {
        long least = Long.MAX_VALUE;
        for (int q = queue; q != NONE; q = parents[q]) {
            least = Math.min(least, capability(q, resource));
        }
        return least;
    }

    /** The queue, this one or one above it, with the least left of its capability. */
    public int tightest(int queue, int resource) {
        int tightest = queue;
        for (int q = queue; q != NONE; q = parents[q]) {
            tightest = left(q, resource) < left(tightest, resource) ? q : tightest;
        }
        return tightest;
    }

    /** What is left of the queue's own capability, at least 0. */
    public long left(int queue, int resource) {
        return Math.max(0, capability[queue * width + resource] - used[queue * width + resource]);
    }

    /** The nearest queue, from this one upwards, that may never hold {@code amount}; NONE where all may. */
    public int neverHolds(int queue, int resource, long amount) {
        for (int q = queue; q != NONE; q = parents[q]) {
            if (amount > capability[q * width + resource]) {
                return q;
            }
        }
        return NONE;
    }

    /** Which limit a booking would break: of {@code queue} (NONE: of the whole tree) in {@code resource}. */
    public record Refusal(Kind kind, int queue, int resource) {
        /** CAPABILITY: the queue would hold more than it may. GUARANTEE: others' idle guarantee would be used. */
        public enum Kind {
            CAPABILITY,
            GUARANTEE
        }
    }
}
