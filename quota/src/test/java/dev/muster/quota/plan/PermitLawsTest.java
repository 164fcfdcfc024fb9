package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan that may make pools grow. */
class PermitLawsTest {
    private static final int CASES = 500;

    private static Plan plan(Situation situation) {
        return new Planner().plan(situation.snapshot());
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void an_offering_gives_no_more_permits_and_nodes_than_it_has(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.growing(seed, size), situation -> {
            Map<Offering, Integer> nodes = new HashMap<>();
            Map<Offering, Integer> gangs = new HashMap<>();
            for (Decision.Launch launch : plan(situation).launches()) {
                for (Permit permit : launch.permits()) {
                    nodes.merge(permit.offering(), permit.nodes(), Integer::sum);
                    gangs.merge(permit.offering(), 1, Integer::sum);
                }
            }
            for (Expansion each : situation.expansions) {
                Offering offering = each.spec().offering();
                assertThat(nodes.getOrDefault(offering, 0)).isLessThanOrEqualTo(each.nodes());
                if (each.breaker() == BreakerState.OPEN) {
                    assertThat(nodes.getOrDefault(offering, 0)).isLessThanOrEqualTo(each.within());
                }
                assertThat(gangs.getOrDefault(offering, 0))
                        .isLessThanOrEqualTo(
                                each.permits(situation.settings.permits().perOffering()));
            }
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void every_gang_is_whole_and_fits_when_the_nodes_come_that_it_may_ask_for(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.growing(seed, size), situation -> {
            Plan plan = plan(situation);
            Situation after = Aftermath.of(situation, plan);
            assertThat(Aftermath.overfull(after)).isEmpty();
            for (Decision.Launch launch : plan.launches()) {
                PendingJob job = situation.pending.stream()
                        .filter(each -> each.id().equals(launch.job()))
                        .findFirst()
                        .orElseThrow();
                job.roles().forEach(ask -> assertThat(launch.promise().stream()
                                .filter(held -> held.role().equals(ask.role()))
                                .mapToInt(LiveAttempt.Held::count)
                                .sum())
                        .isEqualTo(ask.minimum()));
                boolean unplaced = launch.promise().stream().anyMatch(held -> held.node() == null);
                assertThat(unplaced).isEqualTo(!launch.permits().isEmpty());
                if (unplaced) {
                    // Alone with exactly its nodes it starts at once.
                    Situation come = Situation.given();
                    come.queues.addAll(situation.queues);
                    come.nodes.addAll(situation.nodes);
                    come.live.addAll(after.live);
                    come.live.removeIf(attempt -> attempt.id().job().equals(launch.job()));
                    come.live.replaceAll(attempt -> attempt.withPods(attempt.pods().stream()
                            .filter(held -> held.node() != null)
                            .toList()));
                    come.pending.add(job);
                    come.settings = situation.settings;
                    launch.permits().forEach(permit -> add(come, situation, permit));
                    assertThat(WhatFits.in(come.snapshot())
                                    .gangs(job.roles(), job.traits().oneZone(), 1))
                            .hasSize(1);
                }
            }
        });
    }

    private static void add(Situation come, Situation before, Permit permit) {
        OfferingSpec spec = before.expansions.stream()
                .map(Expansion::spec)
                .filter(each -> each.offering().equals(permit.offering()))
                .findFirst()
                .orElseThrow();
        for (int n = 0; n < permit.nodes(); n++) {
            come.nodes.add(spec.node(
                    new NodeName("new-%s-%d".formatted(permit.offering().zone(), n))));
        }
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_plan_for_its_own_result_starts_nothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.growing(seed, size), situation -> {
            situation.settings =
                    situation.settings.with(PlanSettings.Eviction.OFF).withElastic(false);
            Situation after = Aftermath.of(situation, plan(situation));
            assertThat(plan(after).launches()).isEmpty();
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_order_of_the_offerings_does_not_matter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.growing(seed, size), situation -> {
            Plan plan = plan(situation);
            Situation shuffled = RandomSituation.growing(seed, size);
            Collections.shuffle(shuffled.expansions, new Random(seed));
            shuffled.pending.retainAll(situation.pending);
            shuffled.live.retainAll(situation.live);
            shuffled.nodes.retainAll(situation.nodes);
            shuffled.queues.retainAll(situation.queues);
            assertThat(plan(shuffled).launches()).isEqualTo(plan.launches());
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void every_job_that_waits_has_a_reason(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(
                RandomSituation.growing(seed, size),
                situation -> plan(situation).decisions().forEach(decision -> {
                    if (decision instanceof Decision.Hold hold) {
                        assertThat(hold.all()).isNotEmpty();
                    }
                }));
    }
}
