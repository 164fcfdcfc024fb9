package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;

/** Pods as an autoscaler sees them. */
final class Wants {
    private Wants() {}

    static Want of(Site site, SiteJob job, int role, int count) {
        boolean[] pools = new boolean[site.pools()];
        for (int pool = 0; pool < pools.length; pool++) {
            pools[pool] = job.mayRunIn(role, pool);
        }
        return new Want(job.asks[role], pools, count);
    }
}
