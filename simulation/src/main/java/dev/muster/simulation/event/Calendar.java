package dev.muster.simulation.event;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, in milliseconds from the beginning; what is due at the same time happens in the order in which it was noted. */
public final class Calendar {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
    private long noted;
    private long now;

    public long now() {
        return now;
    }

    /** Notes that {@code what} happens then, or at once where that is past. */
    public void at(long time, Runnable what) {
        entries.add(new Entry(Math.max(now, time), noted++, what));
    }

    /** Goes to the next time at which something is due, at most {@code until}, and lets it all happen; false where nothing is. */
    public boolean step(long until) {
        Entry first = entries.peek();
        if (first == null || first.at > until) {
            return false;
        }
        now = first.at;
        while (first != null && first.at == now) {
            entries.remove();
            first.what.run();
            first = entries.peek();
        }
        return true;
    }

    private record Entry(long at, long number, Runnable what) {}
}
