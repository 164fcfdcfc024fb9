package dev.muster.quota.plan;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * What acts, then a hold for each pending job that is not launched, made when it is read: a cycle in which hundreds of thousands
 * wait writes nothing of each. Never changes.
 */
final class Decisions extends AbstractList<Decision> implements RandomAccess {
    private final List<Decision> acts;
    private final Crowd pending;
    private final Holds holds;
    /** Places of the launched among the pending, rising, each less how many are before it. */
    private final int[] left;

    Decisions(List<Decision> acts, Crowd pending, List<Entry> launched, Holds holds) {
        this.acts = acts;
        this.pending = pending;
        this.holds = holds;
        this.left = pending.placesOf(launched);
        for (int i = 0; i < left.length; i++) {
            left[i] -= i;
        }
    }

    @Override
    public int size() {
        return acts.size() + pending.size() - left.length;
    }

    @Override
    public Decision get(int index) {
        if (index < acts.size()) {
            return acts.get(index);
        }
        if (index >= size()) {
            throw new IndexOutOfBoundsException("Decision %d of %d".formatted(index, size()));
        }
        int hold = index - acts.size();
        int at = hold + launchedBefore(hold);
        return holds.of(pending.job(at), pending.at(at));
    }

    /** How many of the launched are before this hold. */
    private int launchedBefore(int hold) {
        int low = 0;
        int high = left.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (left[middle] <= hold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
