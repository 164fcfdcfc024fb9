package dev.muster.simulation.experiment;

import dev.muster.simulation.scheduler.Scheduler;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.Arrays;
import java.util.Optional;

/** What must be true after every step, whoever decides; and what Muster promises beside. */
final class Laws {
    private final Site site;
    private final Scheduler scheduler;
    private final long[] ledger;
    private final long[] used;

    Laws(Site site, Scheduler scheduler) {
        this.site = site;
        this.scheduler = scheduler;
        this.ledger = new long[site.resources().length];
        this.used = new long[ledger.length];
    }

    /** What is broken, if anything. Asked after every step, so it makes nothing. */
    Optional<String> broken() {
        Arrays.fill(ledger, 0);
        Arrays.fill(used, 0);
        int partial = 0;
        for (Attempt attempt : site.live()) {
            if (attempt.ended()) {
                return Optional.of("%s has ended and lives".formatted(attempt.job.load.id()));
            }
            for (int role = 0; role < attempt.job.asks.length; role++) {
                int bound = attempt.bound(role);
                long[] pod = attempt.job.asks[role];
                for (int r = 0; r < ledger.length; r++) {
                    ledger[r] += pod[r] * bound;
                }
            }
            partial += attempt.isPartial() ? 1 : 0;
        }
        for (SiteNode node : site.nodes()) {
            long[] free = node.free();
            long[] shape = node.shape();
            for (int r = 0; r < used.length; r++) {
                if (free[r] < 0) {
                    return Optional.of("node %s has less than nothing left".formatted(node.name));
                }
                used[r] += shape[r] - free[r];
            }
            Attempt ghost = node.ghost();
            if (ghost != null) {
                return Optional.of(
                        "node %s has a pod of %s, which has ended".formatted(node.name, ghost.job.load.id()));
            }
        }
        if (!Arrays.equals(ledger, used)) {
            return Optional.of(
                    "the ledger has %s, the nodes %s".formatted(Arrays.toString(ledger), Arrays.toString(used)));
        }
        if (scheduler.permits() >= 0 && partial > scheduler.permits()) {
            return Optional.of("%d gangs are partly bound, %d may".formatted(partial, scheduler.permits()));
        }
        return scheduler.broken();
    }
}
