package dev.muster.simulation.scheduler;

import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds nodes for pods, one after the other, each on the node with the highest score; the first of equal ones. */
final class Placing {
    private final Site site;
    private final Scoring scoring;

    Placing(Site site, Scoring scoring) {
        this.site = site;
        this.scoring = scoring;
    }

    /** So many pods of a role on a node. */
    record Spot(int role, SiteNode node, int count) {}

    /** Binds as many missing pods of a role as find room; how many. */
    int bindWhatFits(Attempt attempt, int role) {
        return bindWhatFits(attempt, role, Integer.MAX_VALUE);
    }

    /** The same of {@code most} of them. */
    int bindWhatFits(Attempt attempt, int role, int most) {
        int bound = 0;
        while (attempt.missing(role) > 0 && bound < most) {
            SiteNode best = best(attempt.job, role, null);
            if (best == null) {
                break;
            }
            int count = atOnce(best, attempt.job.asks[role], Math.min(most - bound, attempt.missing(role)), null);
            site.bind(attempt, role, best, count);
            bound += count;
        }
        return bound;
    }

    /** Where the gang of a job fits; of its pods only so many as find room. */
    Trial gang(SiteJob job) {
        return gang(job, new Reserved());
    }

    /** The same where room is kept for others. */
    Trial gang(SiteJob job, Reserved kept) {
        List<Spot> spots = new ArrayList<>();
        int[] fits = new int[job.asks.length];
        boolean whole = true;
        for (int role = 0; role < job.asks.length; role++) {
            int left = job.roles().get(role).gang();
            while (left > 0) {
                SiteNode best = best(job, role, kept);
                if (best == null) {
                    whole = false;
                    break;
                }
                int count = atOnce(best, job.asks[role], left, kept);
                kept.take(best, job.asks[role], count);
                spots.add(new Spot(role, best, count));
                fits[role] += count;
                left -= count;
            }
        }
        return new Trial(whole, spots, fits);
    }

    /** {@code fits} by role; {@code spots} is where. */
    record Trial(boolean whole, List<Spot> spots, int[] fits) {}

    void bind(Attempt attempt, Trial trial) {
        for (Spot spot : trial.spots()) {
            site.bind(attempt, spot.role(), spot.node(), spot.count());
        }
    }

    /** A node that packs stays the best until it is full; one that spreads takes one pod at a time. */
    private int atOnce(SiteNode node, long[] pod, int most, @Nullable Reserved kept) {
        return scoring == Scoring.BINPACK ? Math.min(most, kept == null ? node.fits(pod) : kept.fits(node, pod)) : 1;
    }

    private @Nullable SiteNode best(SiteJob job, int role, @Nullable Reserved kept) {
        long[] pod = job.asks[role];
        SiteNode best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (SiteNode node : site.nodes()) {
            if (job.mayRunIn(role, node.pool) && (kept == null ? node.fits(pod) : kept.fits(node, pod)) > 0) {
                double score = scoring.score(node, pod);
                if (kept != null) {
                    score += kept.taken(node) * (scoring == Scoring.BINPACK ? 1 : -1);
                }
                if (score > highest) {
                    best = node;
                    highest = score;
                }
            }
        }
        return best;
    }
}
