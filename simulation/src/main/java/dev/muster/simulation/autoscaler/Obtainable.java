package dev.muster.simulation.autoscaler;

import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;

/** What can be had: free room on nodes that are there or on their way, and nodes that the market has now. */
public final class Obtainable {
    private Obtainable() {}

    /** True where the whole gang of a job fits it. */
    public static boolean fits(Site site, SiteJob job) {
        Bins bins = new Bins(site);
        for (int pool = 0; pool < site.pools(); pool++) {
            int room = site.roomToGrow(pool);
            for (int offering = 0; offering < site.offerings(pool) && room > 0; offering++) {
                int more = Math.min(
                        Math.min(room, job.load.gang()), site.obtainable(pool, offering) - site.coming(pool, offering));
                for (int i = 0; i < more; i++) {
                    bins.add(pool, offering);
                    room--;
                }
            }
        }
        for (int role = 0; role < job.asks.length; role++) {
            long[] offerings = new long[site.pools()];
            for (int pool = 0; pool < offerings.length; pool++) {
                offerings[pool] = job.mayRunIn(role, pool) ? Want.ALL : 0;
            }
            int gang = job.roles().get(role).gang();
            if (bins.put(new Want(job.asks[role], offerings, gang), gang) > 0) {
                return false;
            }
        }
        return true;
    }
}
