package dev.muster.quota.plan;

import java.time.Instant;
import java.util.Arrays;
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
    /** By the number of the group. */
    private final @Nullable Object[] first;

    private final long[] keys;
    private final int[] lots;
    /** The numbers of the groups that have one, in the order in which they were found. */
    private int[] numbers = new int[64];

    private int size;
    private final BitSet hopeless = new BitSet();

    /** Of those who wait since {@code latest} or longer and are {@code wanted}, null for all. */
    TakersByGroup(int groups, Acts acts, Instant latest, @Nullable Predicate<PendingJob> wanted) {
        this.acts = acts;
        this.latest = latest;
        this.wanted = wanted == null ? job -> true : wanted;
        this.askNobody = wanted == null && !acts.anyDecided();
        first = new Object[groups];
        keys = new long[groups];
        lots = new int[groups];
    }

    /** False where the first of the group goes before a job with this key. */
    boolean mayBeFirst(int number, long key) {
        return first[number] == null || key <= keys[number];
    }

    /** The jobs of this row, which are in the order in which they would take: the first that may stands for the others. */
    void offer(int number, Rows rows, int row) {
        boolean taken = false;
        for (int at = 0; at < rows.jobs(row) && !taken && mayBeFirst(number, rows.key(row, at)); at++) {
            taken = isFirst(number, rows, row, at);
            if (taken) {
                note(number, rows, row, at);
            }
        }
    }

    /** Most often numbers say it: a look at each of very many jobs costs more than all the rest. */
    private boolean isFirst(int number, Rows rows, int row, int at) {
        long key = rows.key(row, at);
        Object best = first[number];
        if (askNobody && (best == null || key < keys[number]) && JobOrder.isSurelySince(key, latest)) {
            return true;
        }
        PendingJob job = rows.job(row, at);
        return !job.since().isAfter(latest)
                && wanted.test(job)
                && !acts.isDecided(job.id())
                && (best == null || key < keys[number] || JobOrder.OF_TAKERS.compare(job, (PendingJob) best) < 0);
    }

    private void note(int number, Rows rows, int row, int at) {
        if (first[number] == null) {
            numbers = size == numbers.length ? Arrays.copyOf(numbers, size * 2) : numbers;
            numbers[size++] = number;
        }
        first[number] = rows.any(row, at);
        keys[number] = rows.key(row, at);
        lots[number] = rows.lot(row, at);
    }

    /** How many groups have one. */
    int size() {
        return size;
    }

    /** The number of the group that was found as this one, from 0. */
    int number(int found) {
        return numbers[found];
    }

    /** The first of the group, which has one. */
    Object first(int number) {
        Object job = first[number];
        if (job == null) {
            throw new IllegalStateException("Nobody of group %d may take".formatted(number));
        }
        return job;
    }

    /** {@link JobOrder#key} of the first of the group. */
    long key(int number) {
        return keys[number];
    }

    boolean isFirst(int number, Object job) {
        return first[number] == job;
    }

    /** The numbers of so many groups, or of all, whose first have drawn the least lots. */
    int[] winners(Lots draw, int most) {
        int[] winners = new int[Math.min(most, size)];
        long[] drawn = new long[winners.length];
        int count = 0;
        for (int i = 0; i < size && most > 0; i++) {
            int number = numbers[i];
            long lot = draw.draw(lots[number]);
            if (count < winners.length || isLess(lot, number, drawn[count - 1], winners[count - 1])) {
                int at = count < winners.length ? count++ : count - 1;
                for (; at > 0 && isLess(lot, number, drawn[at - 1], winners[at - 1]); at--) {
                    drawn[at] = drawn[at - 1];
                    winners[at] = winners[at - 1];
                }
                drawn[at] = lot;
                winners[at] = number;
            }
        }
        return winners;
    }

    private boolean isLess(long lot, int number, long other, int otherNumber) {
        return lot != other
                ? lot < other
                : ((PendingJob) first(number)).id().compareTo(((PendingJob) first(otherNumber)).id()) < 0;
    }

    /** Nobody gives way for one of the group. */
    void hopeless(Group group) {
        hopeless.set(group.number);
    }

    boolean isHopeless(Group group) {
        return hopeless.get(group.number);
    }
}
