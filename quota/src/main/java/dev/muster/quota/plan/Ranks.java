package dev.muster.quota.plan;

import java.util.Comparator;

/** Finds those of certain ranks without sorting the rest. */
final class Ranks {
    private Ranks() {}

    /** Brings what would stand from {@code from} to {@code end}, if all were sorted, to these places, in whatever order. */
    static <T> void bring(T[] all, int from, int end, Comparator<? super T> order) {
        if (from < end) {
            select(all, 0, all.length - 1, from, order);
            select(all, from, all.length - 1, end - 1, order);
        }
    }

    /** Puts the right one at the place; before it are none that are greater, behind it none that are less. */
    private static <T> void select(T[] all, int first, int last, int place, Comparator<? super T> order) {
        int low = first;
        int high = last;
        while (low < high) {
            T pivot = all[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (order.compare(all[left], pivot) < 0) {
                    left++;
                }
                while (order.compare(pivot, all[right]) < 0) {
                    right--;
                }
                if (left <= right) {
                    T swapped = all[left];
                    all[left++] = all[right];
                    all[right--] = swapped;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return;
            }
        }
    }
}
