package dev.muster.simulation.scheduler;

import dev.muster.simulation.site.SiteNode;

/** How good a node is for a pod; the highest wins. */
enum Scoring {
    /** kube-scheduler's LeastAllocated: the mean of the free shares that are left. Spreads. */
    LEAST_ALLOCATED {
        @Override
        double score(SiteNode node, long[] pod) {
            return -used(node, pod);
        }
    },
    /** Volcano's binpack: the mean of the shares that are used then. Packs. */
    BINPACK {
        @Override
        double score(SiteNode node, long[] pod) {
            return used(node, pod);
        }
    };

    abstract double score(SiteNode node, long[] pod);

    private static double used(SiteNode node, long[] pod) {
        double sum = 0;
        int counted = 0;
        long[] shape = node.shape();
        long[] free = node.free();
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > 0) {
                sum += (double) (shape[r] - free[r] + pod[r]) / shape[r];
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
