package dev.muster.simulation.experiment;

import dev.muster.simulation.scheduler.Scheduler;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What must be true after every step, whoever decides; and what Muster promises beside. */
final class Laws {
    private final Site site;
    private final Scheduler scheduler;

    Laws(Site site, Scheduler scheduler) {
        this.site = site;
        this.scheduler = scheduler;
    }

    /** What is broken, if anything. */
    Optional<String> broken() {
        int width = site.resources().length;
        long[] ledger = new long[width];
        int partial = 0;
        Set<Attempt> live = new HashSet<>(site.live());
        for (Attempt attempt : site.live()) {
            if (attempt.ended()) {
                return Optional.of("%s has ended and lives".formatted(attempt.job.load.id()));
            }
            for (int role = 0; role < attempt.job.asks.length; role++) {
                for (int r = 0; r < width; r++) {
                    ledger[r] += attempt.job.asks[role][r] * attempt.bound(role);
                }
            }
            partial += attempt.isPartial() ? 1 : 0;
        }
        long[] used = new long[width];
        for (SiteNode node : site.nodes()) {
            for (int r = 0; r < width; r++) {
                long free = node.free()[r];
                if (free < 0) {
                    return Optional.of("node %s has less than nothing left".formatted(node.name));
                }
                used[r] += node.shape()[r] - free;
            }
            Optional<Attempt> ghost =
                    node.attempts().filter(a -> !live.contains(a)).findFirst();
            if (ghost.isPresent()) {
                return Optional.of("node %s has a pod of %s, which has ended"
                        .formatted(node.name, ghost.get().job.load.id()));
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
