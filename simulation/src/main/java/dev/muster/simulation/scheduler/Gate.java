package dev.muster.simulation.scheduler;

import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;

/** Lets jobs become pods, or not yet. */
interface Gate {
    Gate OPEN = job -> true;
    /** As Volcano is shipped. */
    double OVERCOMMIT = 1.2;

    boolean lets(SiteJob job);

    /** As long as the sums of what is asked fit in the sums of what there is at best: knows no node, and not the market of today. */
    static Gate sums(Site site) {
        int width = site.resources().length;
        long[] all = new long[width];
        for (int p = 0; p < site.pools(); p++) {
            for (int r = 0; r < width; r++) {
                all[r] += site.shape(p)[r] * site.nominal(p);
            }
        }
        return job -> {
            long[] asked = new long[width];
            add(job, asked);
            for (Attempt attempt : site.live()) {
                add(attempt.job, asked);
            }
            for (int r = 0; r < width; r++) {
                if (asked[r] > all[r]) {
                    return false;
                }
            }
            return true;
        };
    }

    /**
     * Volcano's enqueue with its overcommit plugin, for PodGroups with minResources: as long as what is asked, and what has been let in,
     * fits in 1.2 times what nodes have that are there. Where there is none, nobody is let in.
     */
    static Gate overcommit(Site site) {
        int width = site.resources().length;
        return job -> {
            double[] all = new double[width];
            for (SiteNode node : site.nodes()) {
                for (int r = 0; r < width; r++) {
                    all[r] += node.leaves() ? 0 : OVERCOMMIT * node.shape()[r];
                }
            }
            long[] asked = new long[width];
            add(job, asked);
            for (Attempt attempt : site.live()) {
                add(attempt.job, asked);
            }
            for (int r = 0; r < width; r++) {
                if (asked[r] > all[r]) {
                    return false;
                }
            }
            return true;
        };
    }

    private static void add(SiteJob job, long[] sum) {
        for (int role = 0; role < job.asks.length; role++) {
            for (int r = 0; r < sum.length; r++) {
                sum[r] += job.asks[role][r] * job.roles().get(role).gang();
            }
        }
    }
}
