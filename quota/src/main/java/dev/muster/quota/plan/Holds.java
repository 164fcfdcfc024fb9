package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why each job that is not launched waits: what the cycle found of it, and what the world says of its group. Safe for any thread. */
final class Holds {
    private final Explainer explainer;
    private final Map<JobId, List<Reason>> special;
    private final List<Remarks> ofThisPass;
    /** For every taker that was not asked for and has none of the last of these. */
    private final @Nullable Reason ofOtherTakers;

    private final @Nullable TakersByGroup takers;

    private final Set<JobId> decided;
    private final boolean isPlain;
    /** By group, or by job where it has reasons of its own: equal jobs share one list. */
    private final Map<Object, Reasons> said = new HashMap<>();

    /** What it is given is not changed any more. */
    Holds(
            Explainer explainer,
            Map<JobId, List<Reason>> special,
            List<Remarks> ofThisPass,
            @Nullable Reason ofOtherTakers,
            @Nullable TakersByGroup takers,
            Set<JobId> decided) {
        this.explainer = explainer;
        this.special = special;
        this.ofThisPass = ofThisPass;
        this.ofOtherTakers = ofOtherTakers;
        this.takers = takers;
        this.decided = decided;
        this.isPlain = ofOtherTakers == null
                && special.isEmpty()
                && decided.isEmpty()
                && ofThisPass.stream().allMatch(Remarks::isEmpty);
    }

    Decision.Hold of(PendingJob job, Group group) {
        List<Reason> own = isPlain ? List.of() : own(job, group);
        if (decided.contains(job.id())) {
            // What stands against it now is what is being mended.
            return new Decision.Hold(job.id(), own);
        }
        return new Decision.Hold(job.id(), said(own.isEmpty() ? group : job.id(), group, own));
    }

    private List<Reason> own(PendingJob job, Group group) {
        List<Reason> own = new ArrayList<>(special.getOrDefault(job.id(), List.of()));
        @Nullable Reason last = null;
        for (Remarks remarks : ofThisPass) {
            last = remarks.of(job.id());
            if (last != null) {
                own.add(last);
            }
        }
        if (last == null && ofOtherTakers != null && wasNotAsked(job, group)) {
            own.add(ofOtherTakers);
        }
        return own;
    }

    private boolean wasNotAsked(PendingJob job, Group group) {
        return takers != null && takers.isFirst(group.number, job) && !takers.isHopeless(group);
    }

    private synchronized Reasons said(Object key, Group group, List<Reason> own) {
        return said.computeIfAbsent(key, k -> new Reasons(() -> words(group, own)));
    }

    /** They are put into words long after the plan was made, where nobody could leave the job aside any more. */
    private List<Reason> words(Group group, List<Reason> own) {
        try {
            return explainer.whyNot(group, own);
        } catch (RuntimeException e) {
            return List.of(new Reason(
                    ReasonCode.PLANNER_ERROR,
                    "Muster failed to say why this job waits (%s)".formatted(e),
                    "report this with a snapshot of the planner",
                    Map.of("error", e.getClass().getName())));
        }
    }
}
