package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Volcano's allocate: a gang is bound whole by binpack, or not at all. Of one that does not fit, the pods that would have found
 * room are marked Schedulable, so an autoscaler sees only the rest of them.
 */
final class Volcano implements Scheduler {
    private final Site site;
    private final Gate gate;
    private final Placing placing;

    Volcano(Site site, Gate gate) {
        this.site = site;
        this.gate = gate;
        this.placing = new Placing(site, Scoring.BINPACK);
    }

    @Override
    public List<Want> decide() {
        for (SiteJob job : List.copyOf(site.waiting())) {
            if (gate.lets(job)) {
                site.launch(job);
            }
        }
        List<Want> wants = new ArrayList<>();
        Map<Integer, int[]> tried = new HashMap<>();
        for (Attempt attempt : inOrder()) {
            if (attempt.started()) {
                grow(attempt, wants);
            } else if (attempt.missing(attempt.job.asks.length - 1) > 0) {
                int[] fits = tried.get(attempt.job.kind);
                if (fits == null) {
                    Placing.Trial trial = placing.gang(attempt.job);
                    if (trial.whole()) {
                        placing.bind(attempt, trial);
                        continue;
                    }
                    fits = trial.fits();
                    tried.put(attempt.job.kind, fits);
                }
                for (int role = 0; role < fits.length; role++) {
                    int unschedulable = attempt.wanted(role) - fits[role];
                    if (unschedulable > 0) {
                        wants.add(Wants.of(site, attempt.job, role, unschedulable));
                    }
                }
            }
        }
        return wants;
    }

    /** Higher priority first, then who has not started, then the older. */
    private List<Attempt> inOrder() {
        List<Attempt> all = new ArrayList<>(site.live());
        all.sort(Comparator.comparingInt((Attempt attempt) -> -attempt.job.load.priority())
                .thenComparing(Attempt::started));
        return all;
    }

    private void grow(Attempt attempt, List<Want> wants) {
        for (int role = 0; role < attempt.job.asks.length; role++) {
            if (attempt.missing(role) > 0) {
                placing.bindWhatFits(attempt, role);
                if (attempt.missing(role) > 0) {
                    wants.add(Wants.of(site, attempt.job, role, attempt.missing(role)));
                }
            }
        }
    }
}
