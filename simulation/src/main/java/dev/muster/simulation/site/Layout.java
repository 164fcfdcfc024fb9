package dev.muster.simulation.site;

import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.LoadRole;
import java.util.Collection;
import java.util.TreeSet;

/** What of a cluster stays as it is: its pools and what a node of each has, as rows of numbers by resource. */
final class Layout {
    private final SiteSpec spec;
    private final String[] resources;
    private final long[][] shapes;

    /** {@code asked}: what pods will ask, so that every resource has its place. */
    Layout(SiteSpec spec, Collection<Resources> asked) {
        this.spec = spec;
        TreeSet<String> names = new TreeSet<>();
        spec.pools().forEach(pool -> names.addAll(pool.shape().names()));
        asked.forEach(pod -> names.addAll(pod.names()));
        this.resources = names.toArray(String[]::new);
        this.shapes =
                spec.pools().stream().map(PoolSpec::shape).map(this::dense).toArray(long[][]::new);
    }

    SiteSpec spec() {
        return spec;
    }

    String[] resources() {
        return resources.clone();
    }

    int pools() {
        return shapes.length;
    }

    PoolSpec pool(int pool) {
        return spec.pools().get(pool);
    }

    OfferingSpec offering(int pool, int offering) {
        return pool(pool).offerings().get(offering);
    }

    long[] shape(int pool) {
        return shapes[pool];
    }

    long[] dense(Resources amounts) {
        long[] dense = new long[resources.length];
        for (int r = 0; r < dense.length; r++) {
            dense[r] = amounts.amount(resources[r]);
        }
        return dense;
    }

    /** By pool: whether pods of a role may run there. */
    boolean[] allowed(LoadRole role) {
        boolean[] allowed = new boolean[shapes.length];
        for (int p = 0; p < allowed.length; p++) {
            allowed[p] = role.pools().isEmpty() || role.pools().contains(pool(p).name());
        }
        return allowed;
    }

    boolean emptyNodeFits(int pool, long[] pod) {
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > shapes[pool][r]) {
                return false;
            }
        }
        return true;
    }

    /** The largest part of a node of the pool that a pod takes, over its resources. */
    double share(long[] pod, int pool) {
        double most = 0;
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > 0) {
                most = Math.max(most, (double) pod[r] / Math.max(1, shapes[pool][r]));
            }
        }
        return most;
    }
}
