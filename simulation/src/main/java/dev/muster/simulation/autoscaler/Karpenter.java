package dev.muster.simulation.autoscaler;

import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Karpenter: a node claim for each node that is missing, of the cheapest offering that has not failed of late; a claim that
 * fails is gone at once and the next offering is tried; empty nodes go soon.
 */
final class Karpenter implements Autoscaler {
    private static final long LATER = 30_000;

    private final AutoscalerSpec spec;
    private final Site site;
    private final List<Growable> offerings = new ArrayList<>();

    Karpenter(AutoscalerSpec spec, Site site) {
        this.spec = spec;
        this.site = site;
        for (int pool = 0; pool < site.pools(); pool++) {
            for (int offering = 0; offering < site.offerings(pool); offering++) {
                offerings.add(new Growable(pool, offering, site.price(pool, offering)));
            }
        }
        offerings.sort(Comparator.comparingDouble((Growable offering) -> offering.price));
    }

    @Override
    public long look(List<Want> wants) {
        long again = NEVER;
        if (!wants.isEmpty() && !claimFor(wants)) {
            again = site.now() + LATER;
        }
        for (SiteNode node : List.copyOf(site.nodes())) {
            if (node.isEmpty() && !node.leaves() && site.mayShrink(node.pool)) {
                if (site.now() - node.emptySince() >= spec.removeAfter()) {
                    site.remove(node);
                } else {
                    again = Math.min(again, node.emptySince() + spec.removeAfter());
                }
            }
        }
        return again;
    }

    /** False where something stays unmet. */
    private boolean claimFor(List<Want> wants) {
        Bins bins = new Bins(site);
        boolean met = true;
        for (Want want : wants) {
            int left = bins.put(want, want.count());
            Growable claimed = left > 0 ? claim(want) : null;
            while (claimed != null) {
                bins.add(claimed.pool, claimed.offering);
                left = bins.put(want, left);
                claimed = left > 0 ? claim(want) : null;
            }
            met &= left == 0;
        }
        return met;
    }

    /** What a node was claimed of, null where none could be. */
    private @Nullable Growable claim(Want want) {
        for (Growable offering : offerings) {
            if (want.mayRunOn(offering.pool, offering.offering)
                    && offering.isOpen(site.now())
                    && site.mayGrowBy(offering.pool, 1)
                    && site.emptyNodeFits(offering.pool, want.pod())) {
                site.order(
                        offering.pool,
                        offering.offering,
                        1,
                        spec.failureNews(),
                        spec.provisionTimeout(),
                        nodes ->
                                offering.fail(site.now(), spec.backoff(), spec.longestBackoff(), spec.forgetBackoff()));
                return offering;
            }
        }
        return null;
    }
}
