package dev.muster.quota.priority;

import static dev.muster.quota.priority.PreemptionPolicy.NEVER;
import static dev.muster.quota.priority.PreemptionPolicy.PREEMPT_LOWER_PRIORITY;

import dev.muster.quota.name.PriorityClassName;
import java.util.List;

/** The priority classes that Muster comes with; {@code priorityclasses/} holds the same four as Kubernetes manifests. */
public final class PriorityClasses {
    /** Lowest first. */
    public static final List<PriorityClass> STANDARD = List.of(
            of("routine", 2, NEVER, "Work without a date: nightly reports, experiments, training runs."),
            of("urgent", 10, NEVER, "Work that somebody waits for today. Goes first in its queue, evicts nobody."),
            of("exceptional", 50, NEVER, "Goes before all other waiting work of its queue, evicts nobody."),
            of("rush", 100, PREEMPT_LOWER_PRIORITY, "May evict work of a lower priority in its own queue."));

    /** The class of a job whose author and team name none. */
    public static final PriorityClassName DEFAULT = STANDARD.get(0).name();

    private PriorityClasses() {}

    private static PriorityClass of(String name, int value, PreemptionPolicy policy, String description) {
        return new PriorityClass(new PriorityClassName(name), value, policy, description);
    }
}
