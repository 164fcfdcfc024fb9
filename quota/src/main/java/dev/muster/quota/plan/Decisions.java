package dev.muster.quota.plan;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * What acts, then a hold for each pending job that is not launched, made when it is read: a cycle in which hundreds of thousands
 * wait writes nothing of each. Never changes.
 */
final class Decisions extends AbstractList<Decision> implements RandomAccess {
    private final List<Decision> acts;
    private final Parts pending;
    private final Holds holds;
    /** Places of the launched among the pending, rising, each less how many are before it. */
    private final int[] left;

    Decisions(List<Decision> acts, Parts pending, List<Contest.Entry> launched, Holds holds) {
        this.acts = acts;
        this.pending = pending;
        this.holds = holds;
        this.left = places(pending, launched);
        for (int i = 0; i < left.length; i++) {
            left[i] -= i;
        }
    }

    private static int[] places(Parts pending, List<Contest.Entry> launched) {
        if (launched.isEmpty()) {
            return new int[0];
        }
        Map<PendingJob, Integer> jobs = new IdentityHashMap<>();
        launched.forEach(entry -> {
            entry.group().hasLaunched = true;
            jobs.put(entry.job(), 0);
        });
        int[] places = new int[launched.size()];
        int found = 0;
        for (int p = 0; p < pending.parts(); p++) {
            Parts.Part part = pending.part(p);
            for (int i = 0; i < part.groups().length; i++) {
                if (part.groups()[i].hasLaunched && jobs.containsKey(part.job(i))) {
                    places[found++] = pending.start(p) + i;
                }
            }
        }
        launched.forEach(entry -> entry.group().hasLaunched = false);
        return Arrays.copyOf(places, found);
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
        int part = pending.partAt(at);
        Parts.Part found = pending.part(part);
        int in = at - pending.start(part);
        return holds.of(found.job(in), found.groups()[in]);
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
