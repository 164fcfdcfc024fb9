package dev.muster.simulation.autoscaler;

import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cluster Autoscaler: one node group for each offering, the cheapest that takes the pods first; a group that failed is left
 * alone, longer each time; empty nodes go when nobody has added any for a while, anywhere unless the delay is local.
 */
final class ClusterAutoscaler implements Autoscaler {
    private static final long SCAN = 60_000;

    private final AutoscalerSpec spec;
    private final Site site;
    private final List<Growable> groups = new ArrayList<>();
    private long addedAt = Long.MIN_VALUE / 2;
    private long failedAt = Long.MIN_VALUE / 2;

    ClusterAutoscaler(AutoscalerSpec spec, Site site) {
        this.spec = spec;
        this.site = site;
        for (int pool = 0; pool < site.pools(); pool++) {
            for (int offering = 0; offering < site.offerings(pool); offering++) {
                groups.add(new Growable(pool, offering, site.price(pool, offering)));
            }
        }
        groups.sort(Comparator.comparingDouble((Growable group) -> group.price));
    }

    @Override
    public long look(List<Want> wants) {
        boolean unmet = !wants.isEmpty() && grow(wants);
        boolean empty = shrink();
        return unmet || empty ? site.now() + SCAN : NEVER;
    }

    /** True where something stays unmet. */
    private boolean grow(List<Want> wants) {
        Bins bins = new Bins(site);
        boolean unmet = false;
        int[] asked = new int[groups.size()];
        for (Want want : wants) {
            int left = bins.put(want, want.count());
            while (left > 0) {
                int at = groupFor(want, asked);
                if (at < 0) {
                    unmet = true;
                    break;
                }
                bins.add(groups.get(at).pool, groups.get(at).offering);
                asked[at]++;
                left = bins.put(want, left);
            }
        }
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] > 0) {
                Growable group = groups.get(i);
                group.addedAt = site.now();
                addedAt = site.now();
                site.order(group.pool, group.offering, asked[i], spec.failureNews(), spec.provisionTimeout(), nodes -> {
                    failedAt = site.now();
                    group.fail(site.now(), spec.backoff(), spec.longestBackoff(), spec.forgetBackoff());
                });
                unmet = true;
            }
        }
        return unmet;
    }

    private int groupFor(Want want, int[] asked) {
        for (int i = 0; i < groups.size(); i++) {
            Growable group = groups.get(i);
            if (want.mayRunOn(group.pool, group.offering)
                    && group.isOpen(site.now())
                    && site.mayGrowBy(group.pool, askedIn(group.pool, asked) + 1)
                    && site.emptyNodeFits(group.pool, want.pod())) {
                return i;
            }
        }
        return -1;
    }

    private int askedIn(int pool, int[] asked) {
        int sum = 0;
        for (int i = 0; i < asked.length; i++) {
            sum += groups.get(i).pool == pool ? asked[i] : 0;
        }
        return sum;
    }

    /** True where an empty node is left that may go later. */
    private boolean shrink() {
        boolean left = false;
        for (SiteNode node : List.copyOf(site.nodes())) {
            if (node.isEmpty() && !node.leaves() && site.mayShrink(node.pool)) {
                if (isLongEmpty(node) && isCool(group(node))) {
                    site.remove(node);
                } else {
                    left = true;
                }
            }
        }
        return left;
    }

    private boolean isLongEmpty(SiteNode node) {
        return site.now() - node.emptySince() >= spec.removeAfter();
    }

    private boolean isCool(@Nullable Growable group) {
        long added = spec.localDelay() && group != null ? group.addedAt : addedAt;
        long failed = spec.localDelay() && group != null ? group.failedAt() : failedAt;
        return site.now() - added >= spec.delayAfterAdd() && site.now() - failed >= spec.delayAfterFailure();
    }

    private @Nullable Growable group(SiteNode node) {
        for (Growable group : groups) {
            if (group.pool == node.pool && group.offering == node.offering) {
                return group;
            }
        }
        return null;
    }
}
