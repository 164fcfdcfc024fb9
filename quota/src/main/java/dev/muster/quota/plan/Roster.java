package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
        Map<Object[], Boolean> shared = new IdentityHashMap<>();
        for (Object[] chunk : later.chunks) {
            shared.put(chunk, false);
        }
        for (Object[] chunk : chunks) {
            shared.computeIfPresent(chunk, (same, seen) -> true);
        }
        Comparator<JobId> order = Comparator.naturalOrder();
        Walk<T> before = new Walk<>(this, shared);
        Walk<T> after = new Walk<>(later, shared);
        while (before.current != null || after.current != null) {
            int which = before.current == null
                    ? 1
                    : after.current == null ? -1 : order.compare(id.apply(before.current), id.apply(after.current));
            T was = which <= 0 ? before.current : null;
            T is = which >= 0 ? after.current : null;
            if (was != is) {
                change.accept(was, is);
            }
            if (which <= 0) {
                before.next();
            }
            if (which >= 0) {
                after.next();
            }
        }
    }

    /** Goes through the elements of the chunks that are not shared. */
    private static final class Walk<T> {
        private final Object[][] chunks;
        private final Map<Object[], Boolean> shared;
        private int chunk = -1;
        private int at;
        private @Nullable T current;

        Walk(Roster<T> roster, Map<Object[], Boolean> shared) {
            this.chunks = roster.chunks;
            this.shared = shared;
            nextChunk();
        }

        private void nextChunk() {
            chunk++;
            while (chunk < chunks.length && shared.getOrDefault(chunks[chunk], false)) {
                chunk++;
            }
            at = 0;
            current = chunk < chunks.length ? Roster.<T>element(chunks[chunk][0]) : null;
        }

        void next() {
            if (++at < chunks[chunk].length) {
                current = element(chunks[chunk][at]);
            } else {
                nextChunk();
            }
        }
    }
}
