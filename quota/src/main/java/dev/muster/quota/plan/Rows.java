package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/**
 * Waiting jobs as a {@link Sieve} goes through them: each row is one job, or, where a planner remembers, all of one group in the
 * order in which they would take from others. The first of a row is known by numbers; rows without jobs are passed over.
 */
final class Rows {
    /** Of their groups. */
    final int[] numbers;
    /** The first job of each row. */
    final @Nullable Object[] first;
    /** {@link JobOrder#key} of the first. */
    final long[] keys;
    /** {@link Lots#of} the first. */
    final int[] lots;

    final int size;
    private final @Nullable Kinds kinds;

    private Rows(int[] numbers, @Nullable Object[] first, long[] keys, int[] lots, int size, @Nullable Kinds kinds) {
        this.numbers = numbers;
        this.first = first;
        this.keys = keys;
        this.lots = lots;
        this.size = size;
        this.kinds = kinds;
    }

    /** A row for each job. */
    static Rows of(int[] numbers, Object[] jobs, long[] keys, int[] lots) {
        return new Rows(numbers, jobs, keys, lots, jobs.length, null);
    }

    /** A row for each kind. */
    static Rows of(Kinds kinds) {
        return new Rows(kinds.numbers(), kinds.first(), kinds.keys(), kinds.lots(), kinds.count(), kinds);
    }

    /** How many jobs stand in the row. */
    int jobs(int row) {
        return kinds == null ? 1 : kinds.size(row);
    }

    PendingJob job(int row, int at) {
        return (PendingJob) any(row, at);
    }

    /** The job without a look at it, which of very many costs more than all the rest. */
    Object any(int row, int at) {
        Object job = kinds == null || at == 0 ? first[row] : kinds.job(row, at);
        if (job == null) {
            throw new IllegalStateException("Row %d has no job".formatted(row));
        }
        return job;
    }

    long key(int row, int at) {
        return at == 0 ? keys[row] : JobOrder.key(job(row, at));
    }

    int lot(int row, int at) {
        return at == 0 ? lots[row] : Lots.of(job(row, at));
    }
}
