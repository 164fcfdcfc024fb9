package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan that ends pods for others. */
class EvictionLawsTest {
    private static final int CASES = 8000;

    private static Plan plan(Situation situation) {
        return new Planner().plan(situation.snapshot());
    }

    private static void holds(long seed, int size, Law law) {
        Situation situation = RandomSituation.of(seed, size);
        situation.settings(situation.settings.with(PlanSettings.Eviction.ON));
        Law.holds(situation, law);
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_gang_is_never_broken(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            for (LiveAttempt attempt : Aftermath.of(situation, plan(situation)).live) {
                boolean goes = attempt.pods().stream().allMatch(LiveAttempt.Held::leaving);
                for (Ask ask : attempt.roles()) {
                    int stay = attempt.pods().stream()
                            .filter(pods -> pods.role().equals(ask.role()) && !pods.leaving())
                            .mapToInt(LiveAttempt.Held::count)
                            .sum();
                    assertThat(goes || stay >= ask.minimum()).isTrue();
                    assertThat(stay).isLessThanOrEqualTo(ask.maximum());
                }
            }
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void without_gain_nobody_is_ended(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Plan plan = plan(situation);
            Set<JobId> takers = takers(plan);
            Situation after = Aftermath.of(situation, plan);
            for (JobId taker : takers) {
                assertThat(plan.launches().stream().map(Decision.Launch::job)).doesNotContain(taker);
                Situation alone = Aftermath.whenTheyAreGone(after);
                alone.pending.removeIf(job -> !job.id().equals(taker));
                assertThat(plan(alone).launches()).hasSize(1);
            }
        });
    }

    private static Set<JobId> takers(Plan plan) {
        Set<JobId> takers = plan.acts(Decision.Evict.class).stream()
                .map(Decision.Evict::inFavourOf)
                .collect(Collectors.toSet());
        plan.acts(Decision.Shrink.class).forEach(shrink -> takers.add(shrink.inFavourOf()));
        return takers;
    }

    /** By others, that is: what a queue gives up for a higher priority of its own stays its own, and free for its next job. */
    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void nobody_falls_below_its_guarantee(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Plan plan = plan(situation);
            if (takers(plan).isEmpty()) {
                return;
            }
            Situation after = Aftermath.of(situation, plan);
            after.settings(PlanSettings.DEFAULT.with(new PlanSettings.Backfill(0, 0)));
            Situation then = Aftermath.whenTheyAreGone(after);
            Situation done = Aftermath.of(then, plan(then));
            Set<QueueName> ofTakers = lineages(situation, takers(plan));
            for (PoolName pool : Aftermath.allAndEachPool(situation)) {
                Map<?, Resources> before = Aftermath.used(situation, pool);
                Map<?, Resources> used = Aftermath.used(done, pool);
                for (QueueSpec queue : situation.queues) {
                    long kept = Math.min(
                            Aftermath.guarantee(queue, pool),
                            before.get(queue.name()).amount("cpu"));
                    if (!ofTakers.contains(queue.name())
                            && Aftermath.guaranteed(situation, pool) <= Aftermath.supply(situation, pool)) {
                        assertThat(used.get(queue.name()).amount("cpu")).isGreaterThanOrEqualTo(kept);
                    }
                }
            }
        });
    }

    /** The queues of these jobs and all above them. */
    private static Set<QueueName> lineages(Situation situation, Set<JobId> jobs) {
        QueueTree tree = QueueTree.lenient(situation.queues);
        return situation.pending.stream()
                .filter(job -> jobs.contains(job.id()))
                .flatMap(job -> tree.lineage(job.queue()).stream())
                .map(QueueSpec::name)
                .collect(Collectors.toSet());
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void reclaim_takes_nothing_from_a_queue_within_what_it_deserves(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Plan plan = plan(situation);
            Map<?, Resources> used = Aftermath.used(Aftermath.of(situation, plan));
            QueueTree tree = QueueTree.lenient(situation.queues);
            List<Decision> reclaimed = new ArrayList<>(plan.acts(Decision.Evict.class));
            reclaimed.addAll(plan.acts(Decision.Shrink.class));
            for (Decision decision : reclaimed) {
                LiveAttempt victim = situation.live.stream()
                        .filter(attempt -> attempt.id().job().equals(decision.job()))
                        .findFirst()
                        .orElseThrow();
                if (decision.reason().code() == ReasonCode.RECLAIMED) {
                    Resources deserved =
                            tree.queue(victim.queue()).orElseThrow().deserved();
                    assertThat(used.get(victim.queue()).names())
                            .anyMatch(name ->
                                    used.get(victim.queue()).amount(name) > deserved.amount(name) || deserved.isZero());
                } else {
                    PendingJob taker = situation.pending.stream()
                            .filter(job -> takers(plan).contains(job.id())
                                    && job.queue().equals(victim.queue())
                                    && job.priority() > victim.priority()
                                    && job.traits().mayPreempt())
                            .findFirst()
                            .orElse(null);
                    assertThat(taker).isNotNull();
                }
            }
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void evictions_come_to_an_end(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        holds(seed, size, situation -> {
            Situation world = situation;
            int cycles = 0;
            while (true) {
                Plan plan = plan(world);
                if (plan.decisions().stream().allMatch(Decision.Hold.class::isInstance)) {
                    return;
                }
                assertThat(cycles++).isLessThan(40);
                world = afterTheyAreGoneAndWaitAgain(world, plan);
            }
        });
    }

    /** Who was ended waits again, with its place in the queue by its old age. */
    private static Situation afterTheyAreGoneAndWaitAgain(Situation before, Plan plan) {
        Situation leaving = Aftermath.of(before, plan);
        Situation after = Aftermath.whenTheyAreGone(leaving);
        for (Decision.Evict evict : plan.acts(Decision.Evict.class)) {
            before.live.stream()
                    .filter(attempt -> attempt.id().equals(evict.attempt()))
                    .forEach(attempt -> after.pending.add(new PendingJob(
                            attempt.id().job(),
                            attempt.queue(),
                            attempt.priority(),
                            attempt.since(),
                            attempt.roles(),
                            Map.of(),
                            attempt.traits())));
        }
        return after;
    }
}
