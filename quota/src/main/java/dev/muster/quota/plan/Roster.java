package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list that never changes, in chunks, by job id where a {@link RosterEditor} made it. A later one of the same editor shares the
 * chunks in which nothing changed, so that what differs between two is found without looking at what is the same.
 */
public final class Roster<T> extends AbstractList<T> implements RandomAccess {
    private final Function<T, JobId> id;
    private final Object[][] chunks;
    private final int[] starts;
    private final boolean sorted;
    private final @Nullable Table table;

    /** {@code sorted}: the elements are in the order of their ids, no two with the same. */
    Roster(Function<T, JobId> id, Object[][] chunks, boolean sorted, @Nullable Table table) {
        this.id = id;
        this.chunks = chunks;
        this.sorted = sorted;
        this.table = table;
        this.starts = new int[chunks.length + 1];
        for (int i = 0; i < chunks.length; i++) {
            starts[i + 1] = starts[i] + chunks[i].length;
        }
    }

    /** The same jobs in the same order, with their table. */
    static Roster<PendingJob> ofWaiting(List<PendingJob> jobs) {
        if (jobs instanceof Roster<PendingJob> known && known.table != null) {
            return known;
        }
        return of(PendingJob::id, List.copyOf(jobs), new WaitingTable.Scribe());
    }

    /** The same attempts in the same order, with their table. */
    static Roster<LiveAttempt> ofLiving(List<LiveAttempt> attempts) {
        if (attempts instanceof Roster<LiveAttempt> known && known.table != null) {
            return known;
        }
        return of(attempt -> attempt.id().job(), List.copyOf(attempts), new LivingTable.Scribe());
    }

    private static <T> Roster<T> of(Function<T, JobId> id, List<T> elements, Table.Scribe scribe) {
        Object[][] chunks = elements.isEmpty() ? new Object[0][] : new Object[][] {elements.toArray()};
        boolean sorted = true;
        for (int i = 1; i < elements.size() && sorted; i++) {
            sorted = id.apply(elements.get(i - 1)).compareTo(id.apply(elements.get(i))) < 0;
        }
        return new Roster<>(id, chunks, sorted, scribe.write(chunks));
    }

    boolean isSorted() {
        return sorted;
    }

    @Nullable
    Table table() {
        return table;
    }

    @Override
    public int size() {
        return starts[chunks.length];
    }

    @Override
    public T get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("Index %d of %d".formatted(index, size()));
        }
        int chunk = chunkAt(index);
        return element(chunks[chunk][index - starts[chunk]]);
    }

    /** Which chunk holds the element at this place. */
    int chunkAt(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }

    int chunks() {
        return chunks.length;
    }

    int start(int chunk) {
        return starts[chunk];
    }

    /** As it is kept: the same array as long as nothing in it changes; not to be written to. */
    Object[] chunk(int chunk) {
        return chunks[chunk];
    }

    /** The place of the element with this id, below 0 where there is none; of a sorted one. */
    int find(JobId wanted) {
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (id.apply(element(chunks[middle][0])).compareTo(wanted) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int at = chunks.length == 0 ? -1 : find(id, chunks[low], wanted);
        return at < 0 ? -1 : starts[low] + at;
    }

    static <T> int find(Function<T, JobId> id, Object[] chunk, JobId wanted) {
        int low = 0;
        int high = chunk.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = id.apply(Roster.<T>element(chunk[middle])).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @SuppressWarnings("unchecked") // chunks hold nothing but elements
    static <T> T element(Object kept) {
        return (T) kept;
    }

    /** Tells every element of one that is not the same object in the other: what was (null: nothing) and what is (null: nothing). */
    void changesTo(Roster<T> later, BiConsumer<@Nullable T, @Nullable T> change) {
        Cursor<T> before = new Cursor<>(this);
        Cursor<T> after = new Cursor<>(later);
        while (before.isAtSome() || after.isAtSome()) {
            if (!before.skips(after)) {
                int order = before.compare(after);
                T was = order <= 0 ? before.element() : null;
                T is = order >= 0 ? after.element() : null;
                if (was != is) {
                    change.accept(was, is);
                }
                before.next(order <= 0);
                after.next(order >= 0);
            }
        }
    }

    /** A place in the list: which chunk, and where in it. */
    interface Place {
        void is(int chunk, int at);
    }

    /** The same by places: of those that are in this list alone, and of those that are in the later one alone. */
    void differences(Roster<T> later, Place gone, Place come) {
        Cursor<T> before = new Cursor<>(this);
        Cursor<T> after = new Cursor<>(later);
        while (before.isAtSome() || after.isAtSome()) {
            if (!before.skips(after)) {
                int order = before.compare(after);
                boolean same = order == 0 && before.element() == after.element();
                if (order <= 0 && !same) {
                    gone.is(before.chunk, before.at);
                }
                if (order >= 0 && !same) {
                    come.is(after.chunk, after.at);
                }
                before.next(order <= 0);
                after.next(order >= 0);
            }
        }
    }

    /** Goes through a sorted list beside another one, and past the chunks that both share. */
    private static final class Cursor<T> {
        private final Roster<T> roster;
        private int chunk;
        private int at;

        Cursor(Roster<T> roster) {
            this.roster = roster;
        }

        boolean isAtSome() {
            return chunk < roster.chunks.length;
        }

        T element() {
            return Roster.element(roster.chunks[chunk][at]);
        }

        /** Both stood where a chunk begins that they share, and stand behind it now. */
        boolean skips(Cursor<T> other) {
            boolean shared = at == 0
                    && other.at == 0
                    && isAtSome()
                    && other.isAtSome()
                    && roster.chunks[chunk] == other.roster.chunks[other.chunk];
            if (shared) {
                chunk++;
                other.chunk++;
            }
            return shared;
        }

        /** Below 0 where this one's element comes first, above where the other's does. */
        int compare(Cursor<T> other) {
            if (!isAtSome() || !other.isAtSome()) {
                return isAtSome() ? -1 : 1;
            }
            T one = element();
            T another = other.element();
            return one == another ? 0 : roster.id.apply(one).compareTo(roster.id.apply(another));
        }

        void next(boolean moves) {
            if (moves && ++at == roster.chunks[chunk].length) {
                chunk++;
                at = 0;
            }
        }
    }
}
