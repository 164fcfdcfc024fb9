package dev.muster.simulation.experiment;

import dev.muster.quota.queue.QueueState;
import dev.muster.simulation.autoscaler.Obtainable;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Nobody waits for ever: where nothing runs although a gang fits what can be had, one starts before a launch (its 99th percentile), its
 * deadline and the longest back-offs are over. Of clusters with an autoscaler where quota keeps nobody from
 * starting.
 */
final class Liveness {
    /** The longest of a launch; what a job stays away for at most; what a breaker stays open for at most. */
    private static final long DEADLINE = 15 * 60_000;

    private static final long ABSENCE = 32 * 60_000;
    private static final long OPEN = 30 * 60_000;
    private static final int KINDS = 50;

    private final Site site;
    private final long bound;
    private final boolean applies;
    private long since = -1;

    Liveness(Site site, AutoscalerSpec autoscaler, boolean promised) {
        this.site = site;
        long slowest = site.spec().pools().stream()
                .flatMap(pool -> pool.offerings().stream())
                .map(OfferingSpec::launch)
                .mapToLong(launch -> launch.p99())
                .max()
                .orElse(0);
        this.bound = slowest
                + DEADLINE
                + Math.max(OPEN, autoscaler.longestBackoff())
                + ABSENCE
                + site.spec().gather();
        this.applies = promised
                && autoscaler.kind() != AutoscalerSpec.Kind.NONE
                && site.spec().queues().stream()
                        .allMatch(queue -> queue.capability() == null && queue.state() == QueueState.OPEN);
    }

    /** To be asked after every decision. */
    Optional<String> broken() {
        if (!applies || runs()) {
            since = -1;
            return Optional.empty();
        }
        Optional<SiteJob> fitting = fitting();
        if (fitting.isEmpty()) {
            since = -1;
            return Optional.empty();
        }
        since = since < 0 ? site.now() : since;
        return site.now() - since <= bound
                ? Optional.empty()
                : fitting.map(job -> "nothing has run since %s, although %s, a gang of %d, fits what can be had"
                        .formatted(Times.shown(since), job.load.id(), job.load.gang()));
    }

    private boolean runs() {
        for (Attempt attempt : site.live()) {
            if (attempt.started()) {
                return true;
            }
        }
        return false;
    }

    private Optional<SiteJob> fitting() {
        Set<Integer> kinds = new HashSet<>();
        for (SiteJob job : site.waiting()) {
            if (kinds.size() < KINDS && kinds.add(job.kind) && Obtainable.fits(site, job)) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }
}
