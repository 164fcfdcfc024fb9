package dev.muster.quota.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The resource names of one snapshot, numbered in the order of the alphabet, so that amounts can be kept in dense
 * {@code long[]} vectors of {@link #size()} places.
 */
public final class ResourceIndex {
    private final String[] names;

    private ResourceIndex(String[] names) {
        this.names = names;
    }

    public static ResourceIndex of(Iterable<Resources> amounts) {
        TreeSet<String> sorted = new TreeSet<>();
        @Nullable Resources last = null;
        for (Resources each : amounts) {
            if (last == null || !each.sameNames(last)) {
                sorted.addAll(each.names());
            }
            last = each;
        }
        return new ResourceIndex(sorted.toArray(String[]::new));
    }

    public int size() {
        return names.length;
    }

    public String name(int at) {
        return names[at];
    }

    /** The place of a name, below 0 where it has none. */
    public int place(String name) {
        return Math.max(-1, Arrays.binarySearch(names, name));
    }

    /** The amounts as a vector; names that the index does not know are left out, {@link #unknown} tells them. */
    public long[] vector(Resources amounts) {
        long[] vector = new long[names.length];
        amounts.writeTo(names, vector, 0);
        return vector;
    }

    /** Writes the vector of {@code amounts} to {@code into} from {@code offset}; true where every name is known. */
    public boolean write(Resources amounts, long[] into, int offset) {
        Arrays.fill(into, offset, offset + names.length, 0);
        return amounts.writeTo(names, into, offset);
    }

    /** Names of {@code amounts} that the index does not know. */
    public List<String> unknown(Resources amounts) {
        List<String> unknown = new ArrayList<>(amounts.names());
        unknown.removeAll(Arrays.asList(names));
        return unknown;
    }

    /** The reverse of {@link #vector}, of the places from {@code offset}; amounts below 0 count as 0. */
    public Resources resources(long[] vector, int offset) {
        java.util.Map<String, Long> amounts = new java.util.TreeMap<>();
        for (int r = 0; r < names.length; r++) {
            amounts.put(names[r], Math.max(0, vector[offset + r]));
        }
        return Resources.of(amounts);
    }
}
