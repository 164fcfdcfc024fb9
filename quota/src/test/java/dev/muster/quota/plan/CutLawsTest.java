package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan in which queues come down to a capability that was cut. */
class CutLawsTest {
    private static final int CASES = 8000;

    /** All capabilities halved, an hour ago. */
    private static void holds(long seed, int size, Law law) {
        Situation situation = RandomSituation.of(seed, size);
        situation.queues.replaceAll(CutLawsTest::halved);
        situation.settings(situation.settings.with(PlanSettings.Eviction.OFF.withCut(Duration.ofMinutes(10))));
        situation.queues.forEach(queue -> situation.aboveSince.put(queue.name(), situation.now.minusSeconds(3600)));
        Law.holds(situation, law);
    }

    private static QueueSpec halved(QueueSpec queue) {
        Resources before = queue.capability();
        if (before == null) {
            return queue;
        }
        Resources half = Resources.limit(before.asMap().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> e.getValue() / 2)));
        return new QueueSpec(
                queue.name(),
                queue.parent(),
                Resources.NONE,
                Resources.NONE,
                half,
                queue.weight(),
                queue.state(),
                queue.limits(),
                queue.weights(),
                Map.of(),
                queue.fence());
    }

    private static Plan plan(Situation situation) {
        return new Planner().plan(situation.snapshot());
    }

    /** Those that may give way by themselves: bound, of a known queue, and not in the instant in which they began. */
    private static Set<String> above(Situation situation, Map<QueueName, Resources> used) {
        Set<String> above = new TreeSet<>();
        for (QueueSpec queue : situation.queues) {
            Resources capability = queue.capability();
            if (capability != null) {
                capability.names().stream()
                        .filter(name -> used.get(queue.name()).amount(name) > capability.amount(name))
                        .forEach(name -> above.add(queue.name().value()));
            }
        }
        return above;
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void who_goes_is_of_a_queue_that_holds_too_much_and_none_of_them_could_stay(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Plan plan = plan(situation);
            List<Decision.Evict> evicted = plan.acts(Decision.Evict.class);
            Set<String> above = above(situation, Aftermath.used(Aftermath.whenTheyAreGone(situation)));
            QueueTree tree = QueueTree.lenient(situation.queues);
            Situation then = Aftermath.whenTheyAreGone(Aftermath.of(situation, plan));
            then.live.removeIf(attempt -> plan.launches().stream()
                    .anyMatch(launch -> launch.job().equals(attempt.id().job())));
            Map<QueueName, Resources> left = Aftermath.used(then);
            for (Decision.Evict evict : evicted) {
                assertThat(evict.inFavourOf()).isNull();
                LiveAttempt victim = situation.live.stream()
                        .filter(attempt -> attempt.id().equals(evict.attempt()))
                        .findFirst()
                        .orElseThrow();
                List<QueueSpec> lineage = tree.lineage(victim.queue());
                assertThat(lineage)
                        .anyMatch(queue -> above.contains(queue.name().value()));
                Resources held = victim.pods().stream()
                        .map(pods -> pods.pod().times(pods.count()))
                        .reduce(Resources.NONE, Resources::plus);
                assertThat(lineage)
                        .as("%s could have stayed", victim.id())
                        .anyMatch(queue -> queue.capability() != null
                                && queue.capability().names().stream()
                                        .anyMatch(name -> Resources.add(
                                                        left.get(queue.name()).amount(name), held.amount(name))
                                                > queue.capability().amount(name)));
            }
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_gang_is_never_broken_and_the_plan_for_its_own_result_is_empty(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Situation after = Aftermath.of(situation, plan(situation));
            for (LiveAttempt attempt : after.live) {
                boolean goes = attempt.pods().stream().allMatch(LiveAttempt.Held::leaving);
                for (Ask ask : attempt.roles()) {
                    int stay = attempt.pods().stream()
                            .filter(pods -> pods.role().equals(ask.role()) && !pods.leaving())
                            .mapToInt(LiveAttempt.Held::count)
                            .sum();
                    assertThat(goes || stay >= ask.minimum()).isTrue();
                }
            }
            List<Decision> again = new ArrayList<>(plan(after).acts(Decision.Evict.class));
            again.addAll(plan(after).acts(Decision.Shrink.class));
            assertThat(again).isEmpty();
        });
    }
}
