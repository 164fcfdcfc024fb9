package dev.muster.simulation.scheduler;

import dev.muster.simulation.site.SiteNode;
import java.util.IdentityHashMap;
import java.util.Map;

/** Room that is thought of as taken on nodes, beside what is. */
final class Reserved {
    private final Map<SiteNode, long[]> taken = new IdentityHashMap<>();

    int fits(SiteNode node, long[] pod) {
        long[] mine = taken.get(node);
        int most = node.fits(pod);
        if (mine == null || most == 0) {
            return most;
        }
        long fits = node.room() - mine[pod.length];
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > 0) {
                fits = Math.min(fits, Math.max(0, node.free()[r] - mine[r]) / pod[r]);
            }
        }
        return (int) Math.max(0, Math.min(most, fits));
    }

    void take(SiteNode node, long[] pod, int count) {
        long[] mine = taken.computeIfAbsent(node, n -> new long[pod.length + 1]);
        for (int r = 0; r < pod.length; r++) {
            mine[r] += pod[r] * count;
        }
        mine[pod.length] += count;
    }

    /** The mean share of the node that is thought of as taken. */
    double taken(SiteNode node) {
        long[] mine = taken.get(node);
        if (mine == null) {
            return 0;
        }
        double sum = 0;
        int counted = 0;
        for (int r = 0; r < mine.length - 1; r++) {
            if (node.shape()[r] > 0) {
                sum += (double) mine[r] / node.shape()[r];
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
