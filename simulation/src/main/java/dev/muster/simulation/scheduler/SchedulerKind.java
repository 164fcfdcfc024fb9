package dev.muster.simulation.scheduler;

import dev.muster.quota.plan.PlanSettings;
import dev.muster.simulation.site.Site;

/** Who may decide. */
public enum SchedulerKind {
    MUSTER("muster"),
    KUBE_SCHEDULER("kube-scheduler"),
    KUBE_SCHEDULER_SUMS("kube-scheduler-sums"),
    VOLCANO("volcano"),
    VOLCANO_SUMS("volcano-sums"),
    VOLCANO_ENQUEUE("volcano-enqueue"),
    FCFS("fcfs"),
    EASY("easy");

    private final String word;

    SchedulerKind(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** {@code settings} matter to Muster only. */
    public Scheduler at(Site site, PlanSettings settings) {
        return switch (this) {
            case MUSTER -> new Muster(site, settings);
            case KUBE_SCHEDULER -> new PodByPod(site, Gate.OPEN);
            case KUBE_SCHEDULER_SUMS -> new PodByPod(site, Gate.sums(site));
            case VOLCANO -> new Volcano(site, Gate.OPEN);
            case VOLCANO_ENQUEUE -> new Volcano(site, Gate.overcommit(site));
            case VOLCANO_SUMS -> new Volcano(site, Gate.sums(site));
            case FCFS -> new InOrder(site, false);
            case EASY -> new InOrder(site, true);
        };
    }
}
