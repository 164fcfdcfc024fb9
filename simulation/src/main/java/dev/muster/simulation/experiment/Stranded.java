package dev.muster.simulation.experiment;

import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of free room that is stranded: on each node, of its scarcest resource, what a pod like those that wait or run now
 * cannot use, the mean over them (the measure of "Beware of Fragmentation", ATC '23).
 */
final class Stranded {
    private Stranded() {}

    static double share(Site site) {
        List<SiteJob> jobs = new ArrayList<>();
        site.waiting().stream().limit(100).forEach(jobs::add);
        site.live().stream().limit(100).forEach(attempt -> jobs.add(attempt.job));
        int pods = jobs.stream().mapToInt(job -> job.asks.length).sum();
        double free = 0;
        double stranded = 0;
        for (SiteNode node : site.nodes()) {
            if (node.leaves() || pods == 0) {
                continue;
            }
            double share = freeShare(node);
            free += share;
            stranded += share * uselessFor(node, jobs) / pods;
        }
        return free == 0 ? 0 : stranded / free;
    }

    private static int uselessFor(SiteNode node, List<SiteJob> jobs) {
        int useless = 0;
        for (SiteJob job : jobs) {
            for (int role = 0; role < job.asks.length; role++) {
                useless += job.mayRunIn(role, node.pool) && node.fits(job.asks[role]) > 0 ? 0 : 1;
            }
        }
        return useless;
    }

    private static double freeShare(SiteNode node) {
        double most = 0;
        for (int r = 0; r < node.shape().length; r++) {
            if (node.shape()[r] > 0) {
                most = Math.max(most, (double) node.free()[r] / node.shape()[r]);
            }
        }
        return most;
    }
}
