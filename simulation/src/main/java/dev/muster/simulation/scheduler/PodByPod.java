package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** kube-scheduler: every pod by itself, spread over the nodes; a gang that fits in part holds that part. */
final class PodByPod implements Scheduler {
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
        List<Want> wants = new ArrayList<>();
        Set<Long> full = new HashSet<>();
        for (Attempt attempt : List.copyOf(site.live())) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                long kind = attempt.job.kind * 64L + role;
                if (attempt.missing(role) > 0 && !full.contains(kind)) {
                    placing.bindWhatFits(attempt, role);
                }
                if (attempt.missing(role) > 0) {
                    full.add(kind);
                    wants.add(Wants.of(site, attempt.job, role, attempt.missing(role)));
                }
            }
        }
        return wants;
    }
}
