package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.RandomSituation;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Pause;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.policy.PolicyValues;
import dev.muster.quota.scenario.ScenarioText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is written as a scenario is read again as it was. */
class RoundTripTest {
    private static final String SEED = "20261126";

    private static Snapshot again(Snapshot snapshot) {
        String text = ScenarioText.of("a story: with \"quotes\"", snapshot);
        try {
            return ScenarioReader.read("written.yaml", text).snapshot();
        } catch (RuntimeException e) {
            throw new AssertionError(text, e);
        }
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF, seed = SEED)
    void a_snapshot_is_read_as_it_was_written(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        Snapshot snapshot = OddWorld.of(seed, size);
        Snapshot again = again(snapshot);
        assertThat(again.now()).isEqualTo(snapshot.now());
        assertThat(again.settings()).isEqualTo(snapshot.settings());
        assertThat(again.queues()).isEqualTo(snapshot.queues());
        assertThat(again.decayedUse()).isEqualTo(snapshot.decayedUse());
        assertThat(again.evictedLately()).isEqualTo(snapshot.evictedLately());
        assertThat(again.launchedLately()).isEqualTo(snapshot.launchedLately());
        assertThat(again.aboveSince()).isEqualTo(snapshot.aboveSince());
        assertThat(again.expansions()).isEqualTo(snapshot.expansions());
        assertThat(nodes(again)).isEqualTo(nodes(snapshot));
        assertThat(again.pending()).isEqualTo(snapshot.pending());
        assertThat(live(again)).isEqualTo(live(snapshot));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF, seed = SEED)
    void the_plan_of_what_was_written_is_the_same(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        Snapshot drawn = RandomSituation.of(seed, size).snapshot();
        Snapshot snapshot = new Snapshot(
                        drawn.now(),
                        drawn.queues(),
                        drawn.nodes(),
                        drawn.pending(),
                        drawn.live(),
                        PolicyFields.settings(PolicyValues.of(drawn.settings())))
                .withExpansions(OddWorld.of(seed, size).expansions());
        Plan plan = new Planner().plan(snapshot);
        Plan again = new Planner().plan(again(snapshot));
        assertThat(objects(again)).isEqualTo(objects(plan));
        assertThat(again.launches()).isEqualTo(plan.launches());
    }

    private static Object objects(Plan plan) {
        return plan.decisions().stream()
                .map(decision -> decision instanceof Decision.Hold hold ? List.copyOf(hold.all()) : decision)
                .toList();
    }

    @Test
    void pauses_are_written_too() {
        Snapshot snapshot = RandomSituation.of(1, 2).snapshot();
        Pause pause =
                new Pause(null, "ada", "we \"move\"\nnodes", snapshot.now().minusSeconds(60));
        String text = ScenarioText.of("paused", snapshot, List.of(pause));
        assertThat(ScenarioReader.read("written.yaml", text).pauses().all()).containsExactly(pause);
    }

    private static Map<Object, Node> nodes(Snapshot snapshot) {
        return snapshot.nodes().stream().collect(java.util.stream.Collectors.toMap(Node::name, node -> node));
    }

    /** Pods of a role stand together. */
    private static List<LiveAttempt> live(Snapshot snapshot) {
        Comparator<Held> byRole = Comparator.comparing(held -> held.role().value());
        return snapshot.live().stream()
                .map(attempt ->
                        attempt.withPods(attempt.pods().stream().sorted(byRole).toList()))
                .toList();
    }
}
