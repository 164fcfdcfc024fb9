package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;

/** Pods as an autoscaler sees them. */
final class Wants {
    private Wants() {}

    static Want of(Site site, SiteJob job, int role, int count) {
        long[] offerings = new long[site.pools()];
        for (int pool = 0; pool < offerings.length; pool++) {
            offerings[pool] = job.mayRunIn(role, pool) ? Want.ALL : 0;
        }
        return new Want(job.asks[role], offerings, count);
    }
}
