package dev.muster.volcano.render;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is wanted of Volcano: its eviction, and the weights by which it places pods. {@code scarce} are the resources beside cpu and
 * memory that some pool has, all with one weight.
 */
public record Wanted(
        Eviction eviction,
        NodeOrder nodeOrder,
        int weight,
        int cpuWeight,
        int memoryWeight,
        int scarceWeight,
        SortedSet<String> scarce) {
    private static final int MOST = 1_000;
    private static final Pattern RESOURCE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,251}[A-Za-z0-9])?");

    public Wanted {
        within("weight", weight, 1);
        within("cpuWeight", cpuWeight, 0);
        within("memoryWeight", memoryWeight, 0);
        within("scarceWeight", scarceWeight, 0);
        for (String name : scarce) {
            if (!RESOURCE.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "Bad name of a resource '%s': expected one as of Kubernetes".formatted(name));
            }
        }
        scarce = Collections.unmodifiableSortedSet(new TreeSet<>(scarce));
    }

    /** What Muster renders unless a policy says otherwise. */
    public static Wanted standard(Set<String> scarce) {
        return new Wanted(Eviction.NONE, NodeOrder.PACKING, 1, 1, 1, 10, new TreeSet<>(scarce));
    }

    static void within(String what, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException("Bad %s %d: expected %d to %d".formatted(what, value, least, MOST));
        }
    }
}
