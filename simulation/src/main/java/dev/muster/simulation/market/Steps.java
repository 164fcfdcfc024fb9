package dev.muster.simulation.market;

import java.util.Arrays;
import java.util.List;

/** How many nodes can be had from when on. */
public final class Steps {
    private final long[] times;
    private final int[] nodes;

    private Steps(long[] times, int[] nodes) {
        this.times = times;
        this.nodes = nodes;
    }

    static Steps of(List<Market.Step> steps) {
        return new Steps(
                steps.stream().mapToLong(Market.Step::at).toArray(),
                steps.stream().mapToInt(Market.Step::nodes).toArray());
    }

    /** How many can be had then. */
    public int at(long time) {
        int found = Arrays.binarySearch(times, time);
        return nodes[found >= 0 ? found : Math.max(0, -found - 2)];
    }

    /** How many there ever are. */
    public long most() {
        return Arrays.stream(nodes).max().orElse(0);
    }

    /** When it changes. */
    public long[] times() {
        return times.clone();
    }
}
