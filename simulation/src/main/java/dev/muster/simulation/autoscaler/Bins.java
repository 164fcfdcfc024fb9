package dev.muster.simulation.autoscaler;

import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What an autoscaler believes: pods that found no room are put on free room first, nodes that are on their way included, and
 * only what is left asks for new nodes.
 */
final class Bins {
    private final Site site;
    private final List<Bin> bins = new ArrayList<>();

    private record Bin(int pool, int offering, long[] free, int[] room) {}

    Bins(Site site) {
        this.site = site;
        for (SiteNode node : site.nodes()) {
            if (!node.leaves()) {
                bins.add(new Bin(node.pool, node.offering, node.free().clone(), new int[] {node.room()}));
            }
        }
        for (int pool = 0; pool < site.pools(); pool++) {
            for (int offering = 0; offering < site.offerings(pool); offering++) {
                for (int i = 0; i < site.coming(pool, offering); i++) {
                    add(pool, offering);
                }
            }
        }
    }

    /** A node that is asked for. */
    void add(int pool, int offering) {
        bins.add(new Bin(pool, offering, site.shape(pool).clone(), new int[] {site.maxPods(pool)}));
    }

    /** Puts as many as fit where there is room; how many do not. */
    int put(Want want, int count) {
        int left = count;
        for (int i = 0; i < bins.size() && left > 0; i++) {
            Bin bin = bins.get(i);
            if (want.mayRunOn(bin.pool, bin.offering)) {
                int fits = Math.min(left, fits(bin, want.pod()));
                for (int r = 0; r < want.pod().length; r++) {
                    bin.free[r] -= want.pod()[r] * fits;
                }
                bin.room[0] -= fits;
                left -= fits;
            }
        }
        return left;
    }

    private static int fits(Bin bin, long[] pod) {
        long most = bin.room[0];
        for (int r = 0; r < pod.length && most > 0; r++) {
            if (pod[r] > 0) {
                most = Math.min(most, bin.free[r] / pod[r]);
            }
        }
        return (int) most;
    }
}
