package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** kube-scheduler: every pod by itself, spread over the nodes; a gang that fits in part holds that part. */
final class PodByPod implements Scheduler {
    private static final int TOGETHER = 5;

    private final Site site;
    private final Gate gate;
    private final Placing placing;

    PodByPod(Site site, Gate gate) {
        this.site = site;
        this.gate = gate;
        this.placing = new Placing(site, Scoring.LEAST_ALLOCATED);
    }

    @Override
    public List<Want> decide() {
        for (SiteJob job : List.copyOf(site.waiting())) {
            if (gate.lets(job)) {
                site.launch(job);
            }
        }
        Set<Long> full = new HashSet<>();
        for (Made made : inOrder()) {
            long kind = made.attempt.job.kind * 64L + made.role;
            if (!full.contains(kind) && placing.bindWhatFits(made.attempt, made.role, made.pods) < made.pods) {
                full.add(kind);
            }
        }
        List<Want> wants = new ArrayList<>();
        for (Attempt attempt : site.live()) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    wants.add(Wants.of(site, attempt.job, role, attempt.missing(role)));
                }
            }
        }
        return wants;
    }

    /** Pods that were made together and are bound nowhere. */
    private record Made(long at, Attempt attempt, int role, int pods) {}

    /** A driver makes its executors five at a time, a second apart, and so do others meanwhile. */
    private List<Made> inOrder() {
        List<Made> all = new ArrayList<>();
        for (Attempt attempt : site.live()) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                int from = attempt.bound(role);
                while (from < attempt.wanted(role)) {
                    int to = Math.min(attempt.wanted(role), (from / TOGETHER + 1) * TOGETHER);
                    all.add(new Made(attempt.since + from / TOGETHER * 1_000L, attempt, role, to - from));
                    from = to;
                }
            }
        }
        all.sort(Comparator.comparingLong(Made::at));
        return all;
    }
}
