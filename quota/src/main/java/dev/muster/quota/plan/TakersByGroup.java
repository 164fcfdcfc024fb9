package dev.muster.quota.plan;

import java.time.Instant;
import java.util.BitSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In one pass, of each group that cannot start the first of those who may take room from others, aging not counted; and of which groups
 * it was found that nobody gives way for them. Once the pass is over it does not change, and is safe for any thread.
 */
final class TakersByGroup {
    private final Acts acts;
    private final Instant latest;
    private final Predicate<PendingJob> wanted;
    private final boolean askNobody;
    private final JobOrder.Inside order;
    /** By the number of the group. */
    private final @Nullable Object[] first;

    private final long[] keys;
    private int size;
    private final BitSet hopeless = new BitSet();

    /** Of those who wait since {@code latest} or longer and are {@code wanted}, null for all. */
    TakersByGroup(World world, Acts acts, Instant latest, @Nullable Predicate<PendingJob> wanted) {
        this.acts = acts;
        this.latest = latest;
        this.wanted = wanted == null ? job -> true : wanted;
        this.askNobody = wanted == null && !acts.anyDecided();
        this.order = world.takers();
        first = new Object[world.crowd.mostGroups()];
        keys = new long[first.length];
    }

    /** False where the first of the group goes before a job with this key. */
    boolean mayBeFirst(int group, long key) {
        return first[group] == null || key <= keys[group];
    }

    /** The job at this place of the chunk. */
    void offer(int group, WaitingTable.Chunk chunk, int at) {
        long key = chunk.keys()[at];
        Object best = first[group];
        // Most often numbers say it: a look at each of very many jobs costs more than all the rest.
        boolean byNumbers = askNobody && (best == null || key < keys[group]) && JobOrder.isSurelySince(key, latest);
        if (byNumbers || isFirst(chunk.job(at), key, group)) {
            size += best == null ? 1 : 0;
            first[group] = chunk.jobs()[at];
            keys[group] = key;
        }
    }

    private boolean isFirst(PendingJob job, long key, int group) {
        return !job.since().isAfter(latest)
                && wanted.test(job)
                && !acts.isDecided(job.id())
                && (!(first[group] instanceof PendingJob best) || key < keys[group] || order.compare(job, best) < 0);
    }

    /** How many groups have one. */
    int size() {
        return size;
    }

    boolean isFirst(int group, Object job) {
        return first[group] == job;
    }

    /** Nobody gives way for one of the group. */
    void hopeless(Group group) {
        hopeless.set(group.number);
    }

    boolean isHopeless(Group group) {
        return hopeless.get(group.number);
    }
}
