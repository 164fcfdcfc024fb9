package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one {@link Roster} after the other; a change costs no more than its chunk. Used by one thread. */
public final class RosterEditor<T> {
    /** Large enough that a million jobs are few chunks, small enough that copying one costs little. */
    private static final int MOST = 256;

    private final Function<T, JobId> id;
    private final List<Object[]> chunks = new ArrayList<>();
    private Roster<T> last;
    private int size;
    private boolean changed;
    private final Table.@Nullable Scribe scribe;

    /** Of lists that no planner reads where {@code scribe} is null. */
    RosterEditor(Function<T, JobId> id, Table.@Nullable Scribe scribe) {
        this.id = id;
        this.scribe = scribe;
        this.last = roster();
    }

    /** Of jobs that wait. What they ask gets its numbers here, when they come, and not in every cycle. */
    public static RosterEditor<PendingJob> ofWaiting() {
        return new RosterEditor<>(PendingJob::id, new WaitingTable.Scribe());
    }

    /** Of attempts that live; where their pods are gets its numbers here. */
    public static RosterEditor<LiveAttempt> ofLiving() {
        return new RosterEditor<>(attempt -> attempt.id().job(), new LivingTable.Scribe());
    }

    private Roster<T> roster() {
        Object[][] now = chunks.toArray(Object[][]::new);
        return new Roster<>(id, now, true, scribe == null ? null : scribe.write(now));
    }

    /** Adds it, or puts it in the place of the one with the same id. */
    public void put(T element) {
        JobId key = id.apply(element);
        if (chunks.isEmpty()) {
            chunks.add(new Object[] {element});
            size++;
            changed = true;
            return;
        }
        int chunk = chunkFor(key);
        Object[] old = chunks.get(chunk);
        int at = Roster.find(id, old, key);
        if (at >= 0) {
            if (old[at] != element) {
                Object[] copy = old.clone();
                copy[at] = element;
                set(chunk, copy);
            }
            return;
        }
        size++;
        insert(chunk, -at - 1, element);
    }

    private void insert(int chunk, int at, Object element) {
        Object[] old = chunks.get(chunk);
        if (old.length == MOST && at == MOST) {
            chunks.add(chunk + 1, new Object[] {element});
            changed = true;
            return;
        }
        Object[] larger = new Object[old.length + 1];
        System.arraycopy(old, 0, larger, 0, at);
        larger[at] = element;
        System.arraycopy(old, at, larger, at + 1, old.length - at);
        if (larger.length <= MOST) {
            set(chunk, larger);
            return;
        }
        int half = larger.length / 2;
        set(chunk, Arrays.copyOfRange(larger, 0, half));
        chunks.add(chunk + 1, Arrays.copyOfRange(larger, half, larger.length));
    }

    public @Nullable T get(JobId key) {
        if (chunks.isEmpty()) {
            return null;
        }
        Object[] chunk = chunks.get(chunkFor(key));
        int at = Roster.find(id, chunk, key);
        return at < 0 ? null : Roster.element(chunk[at]);
    }

    public int size() {
        return size;
    }

    public void remove(JobId key) {
        int chunk = chunks.isEmpty() ? 0 : chunkFor(key);
        int at = chunks.isEmpty() ? -1 : Roster.find(id, chunks.get(chunk), key);
        if (at < 0) {
            return;
        }
        Object[] old = chunks.get(chunk);
        size--;
        Object[] smaller = new Object[old.length - 1];
        System.arraycopy(old, 0, smaller, 0, at);
        System.arraycopy(old, at + 1, smaller, at, smaller.length - at);
        if (smaller.length == 0) {
            chunks.remove(chunk);
            changed = true;
        } else {
            set(chunk, smaller);
            join(chunk);
        }
    }

    /** Small neighbours become one, or a list that shrinks would be all chunks and no elements. */
    private void join(int chunk) {
        if (chunk + 1 < chunks.size() && chunks.get(chunk).length + chunks.get(chunk + 1).length <= MOST / 2) {
            Object[] first = chunks.get(chunk);
            Object[] second = chunks.remove(chunk + 1);
            Object[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            set(chunk, both);
        }
    }

    public void clear() {
        changed |= !chunks.isEmpty();
        size = 0;
        chunks.clear();
    }

    /** As it is now; what is done later does not change it. */
    public Roster<T> freeze() {
        if (changed) {
            last = roster();
            changed = false;
        }
        return last;
    }

    private void set(int chunk, Object[] content) {
        chunks.set(chunk, content);
        changed = true;
    }

    private int chunkFor(JobId key) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (id.apply(Roster.<T>element(chunks.get(middle)[0])).compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
