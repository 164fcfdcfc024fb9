package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario as it goes on: each plan is carried out, then time moves on to the next thing that happens, and the planner plans
 * again. The same scenario always takes the same course.
 */
public final class Course {
    /** Times at most at which it is looked whether something happens. */
    private static final int MOST_LOOKED = 100_000;

    private final Scenario scenario;
    private final Planner planner = new Planner();
    private Successor world;

    public Course(Scenario scenario) {
        this.scenario = scenario;
        this.world = Successor.first(scenario);
    }

    /** One plan: what it was made of, and what happened since the one before it. */
    public record Turn(int cycle, Snapshot snapshot, Plan plan, List<String> happened) {}

    /** At most {@code most} plans; fewer where nothing more happens. */
    public List<Turn> turns(int most) {
        List<Turn> turns = new ArrayList<>();
        Optional<Successor> next = Optional.of(world);
        for (int looked = 0; next.isPresent() && turns.size() < most && looked < MOST_LOOKED; looked++) {
            world = next.get();
            Plan plan = plan();
            // A time that might have changed something and did not is no turn.
            if (turns.isEmpty() || !world.happened().isEmpty() || acts(plan)) {
                turns.add(new Turn(turns.size() + 1, world.snapshot(), plan, world.happened()));
            }
            next = world.after(plan);
        }
        return turns;
    }

    private static boolean acts(Plan plan) {
        return plan.decisions().stream().anyMatch(decision -> !(decision instanceof Decision.Hold));
    }

    private Plan plan() {
        Snapshot snapshot = world.snapshot();
        Map<JobId, QueueName> queues = ScenarioReader.queues(snapshot);
        Plan plan =
                scenario.pauses().withhold(planner.plan(snapshot), QueueTree.lenient(snapshot.queues()), queues::get);
        List<Decision> decisions = new ArrayList<>(plan.decisions());
        world.later().forEach((job, at) -> decisions.add(new Decision.Hold(job.id(), List.of(notBefore(at)))));
        return new Plan(decisions, plan.passed(), plan.claims(), plan.above());
    }

    private static Reason notBefore(Instant at) {
        return new Reason(
                ReasonCode.NOT_BEFORE,
                "it is not looked at before " + at,
                "wait, or submit it without notBefore",
                Map.of("notBefore", at.toString()));
    }
}
