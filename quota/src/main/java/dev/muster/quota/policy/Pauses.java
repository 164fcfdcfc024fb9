package dev.muster.quota.policy;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All pauses in force, and what they leave of a plan: the planner goes on planning, so that one sees what it would do. */
public final class Pauses {
    public static final Pauses NONE = new Pauses(List.of());

    private final List<Pause> pauses;

    public Pauses(List<Pause> pauses) {
        this.pauses = List.copyOf(pauses);
    }

    public List<Pause> all() {
        return pauses;
    }

    /**
     * The plan without what is withheld: a launch becomes a hold that says what it would have done; growing, shrinking and
     * evicting are left out. {@code queueOf} says the queue of any job of the plan.
     */
    public Plan withhold(Plan plan, QueueTree tree, Function<JobId, QueueName> queueOf) {
        if (pauses.isEmpty()) {
            return plan;
        }
        List<Decision> left = new ArrayList<>();
        List<Decision> withheld = new ArrayList<>();
        for (Decision decision : plan.decisions()) {
            of(queueOf.apply(decision.job()), tree)
                    .ifPresentOrElse(
                            pause -> withheld(decision, pause).ifPresent(withheld::add), () -> left.add(decision));
        }
        // What acts comes first in a plan, and what is withheld never acts.
        left.addAll(withheld);
        return new Plan(left, plan.passed(), plan.claims(), plan.above());
    }

    private Optional<Pause> of(QueueName queue, QueueTree tree) {
        return pauses.stream()
                .filter(pause -> pause.queue() == null
                        || tree.lineage(queue).stream().map(QueueSpec::name).anyMatch(pause.queue()::equals))
                .findFirst();
    }

    private static Optional<Decision> withheld(Decision decision, Pause pause) {
        return decision.match(
                launch -> Optional.of(new Decision.Hold(launch.job(), List.of(reason(pause)))),
                grow -> Optional.empty(),
                shrink -> Optional.empty(),
                evict -> Optional.empty(),
                Optional::of);
    }

    private static Reason reason(Pause pause) {
        return new Reason(
                ReasonCode.PAUSED,
                "it would be launched now, but " + pause,
                "Ask %s, or end the pause: muster unpause".formatted(pause.actor()),
                Map.of("since", pause.since().toString()));
    }
}
