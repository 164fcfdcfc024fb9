package dev.muster.cli.plan;

import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.Starts;
import dev.muster.cli.scenario.Telling;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans as programs read them. */
public final class PlanObjects {
    private PlanObjects() {}

    /** One file; {@code asExpected} is null where it expects nothing. */
    public record File(
            String file,
            String story,
            List<Cycle> cycles,
            @Nullable Boolean asExpected,
            List<String> differences) {}

    /** One plan; {@code happened} is what was between it and the one before. */
    public record Cycle(
            int cycle, Instant now, List<String> happened, List<Queue> queues, List<Telling.Told> decisions) {}

    /** A queue with what it holds before the plan and after it, those below it included. */
    public record Queue(
            String name,
            @Nullable String parent,
            String state,
            int weight,
            Map<String, String> holds,
            Map<String, String> then,
            Map<String, String> guarantee,
            Map<String, String> deserved,
            @Nullable Map<String, String> capability,
            InForce inForce,
            int waiting) {}

    /** What holds of a queue beside the others: less where there is not enough for all, or where one above it allows less. */
    public record InForce(
            Map<String, String> guarantee, Map<String, String> deserved, Map<String, String> capability) {}

    public static Cycle of(Course.Turn turn) {
        return new Cycle(
                turn.cycle(),
                turn.snapshot().now(),
                turn.happened(),
                new Shares(turn.snapshot(), turn.plan())
                        .all().stream().map(PlanObjects::queue).toList(),
                Telling.objects(turn.plan(), Starts.of(turn.snapshot(), turn.plan())));
    }

    private static Queue queue(Shares.Share share) {
        QueueSpec queue = share.queue();
        return new Queue(
                queue.name().value(),
                queue.parent() == null ? null : queue.parent().value(),
                queue.state().name(),
                queue.weight(),
                amounts(share.holds()),
                amounts(share.then()),
                amounts(queue.guarantee()),
                amounts(queue.deserved()),
                queue.capability() == null ? null : amounts(queue.capability()),
                new InForce(
                        amounts(share.inForce().amounts().guarantee()),
                        amounts(share.inForce().amounts().deserved()),
                        amounts(share.inForce().amounts().capability())),
                share.waiting());
    }

    private static Map<String, String> amounts(Resources amounts) {
        Map<String, String> words = new TreeMap<>();
        amounts.asMap().forEach((name, amount) -> words.put(name, Quantity.format(name, amount)));
        return words;
    }
}
