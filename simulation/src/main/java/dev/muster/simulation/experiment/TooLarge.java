package dev.muster.simulation.experiment;

import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;

/** Jobs that not even the empty cluster could hold, all nodes there: they are named, and left out. */
public final class TooLarge {
    private TooLarge() {}

    /** Of each role by itself, as far as that tells. */
    public static boolean is(LoadJob job, SiteSpec spec) {
        for (LoadRole role : job.roles()) {
            long most = 0;
            for (PoolSpec pool : spec.pools()) {
                if (role.pools().isEmpty() || role.pools().contains(pool.name())) {
                    most += podsOn(pool, role.pod()) * pool.max();
                }
            }
            if (most < Math.max(1, role.gang())) {
                return true;
            }
        }
        return false;
    }

    private static long podsOn(PoolSpec pool, Resources pod) {
        long most = pool.maxPods();
        for (String name : pod.names()) {
            most = Math.min(most, pool.shape().amount(name) / pod.amount(name));
        }
        return most;
    }
}
