package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan, whatever the snapshot. */
class PlannerLawsTest {
    private static final int CASES = 8000;

    private static Plan plan(Situation situation) {
        return new Planner().plan(situation.snapshot());
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void every_pending_job_gets_exactly_one_decision(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            List<JobId> decided = plan(situation).decisions().stream()
                    .filter(decision -> decision instanceof Decision.Launch || decision instanceof Decision.Hold)
                    .map(Decision::job)
                    .toList();
            assertThat(decided)
                    .containsExactlyInAnyOrderElementsOf(
                            situation.pending.stream().map(PendingJob::id).toList());
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_order_of_the_input_does_not_matter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.forgetful(seed, size), situation -> {
            Plan plan = plan(situation);
            Situation shuffled = Situation.given().settings(situation.settings);
            Random random = new Random(seed);
            for (var lists : List.of(
                    List.of(situation.queues, shuffled.queues),
                    List.of(situation.nodes, shuffled.nodes),
                    List.of(situation.live, shuffled.live),
                    List.of(situation.pending, shuffled.pending))) {
                addAll(lists.get(0), lists.get(1));
                Collections.shuffle(lists.get(1), random);
            }
            Plan again = plan(shuffled);
            assertThat(again.launches()).isEqualTo(plan.launches());
            assertThat(words(again)).isEqualTo(words(plan));
        });
    }

    @SuppressWarnings("unchecked") // both lists are of the same field of a Situation
    private static void addAll(List<?> from, List<?> to) {
        ((List<Object>) to).addAll(from);
    }

    private static Map<JobId, Object> words(Plan plan) {
        Map<JobId, Object> words = new TreeMap<>();
        plan.decisions()
                .forEach(decision -> words.put(
                        decision.job(),
                        decision instanceof Decision.Hold hold ? List.copyOf(hold.all()) : decision.reason()));
        return words;
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_launched_gang_is_whole_and_really_fits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.forgetful(seed, size), situation -> {
            Plan plan = plan(situation);
            assertThat(Aftermath.overfull(Aftermath.of(situation, plan))).isEmpty();
            for (Decision.Launch launch : plan.launches()) {
                PendingJob job = job(situation, launch.job());
                Map<RoleName, Integer> pods = new HashMap<>();
                Map<RoleName, Map<PoolName, Integer>> pools = new HashMap<>();
                for (LiveAttempt.Held held : launch.promise()) {
                    pods.merge(held.role(), held.count(), Integer::sum);
                    pools.computeIfAbsent(held.role(), role -> new HashMap<>())
                            .merge(held.pool(), held.count(), Integer::sum);
                    Node node = situation.nodes.stream()
                            .filter(each -> each.name().equals(held.node()))
                            .findFirst()
                            .orElseThrow();
                    Ask ask = job.roles().stream()
                            .filter(each -> each.role().equals(held.role()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(node.pool()).isEqualTo(held.pool());
                    assertThat(node.admits(ask.affinity(), ask.tolerations())).isTrue();
                    assertThat(job.notIn().getOrDefault(node.pool(), situation.now))
                            .isEqualTo(situation.now);
                }
                job.roles().forEach(ask -> assertThat(pods.get(ask.role())).isEqualTo(ask.minimum()));
                assertThat(launch.pools()).isEqualTo(pools);
            }
        });
    }

    private static PendingJob job(Situation situation, JobId id) {
        return situation.pending.stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void no_launch_takes_a_queue_above_its_capability(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            Situation after = Aftermath.of(situation, plan(situation));
            for (PoolName pool : Aftermath.allAndEachPool(situation)) {
                var used = Aftermath.used(after, pool);
                var usedBefore = Aftermath.used(situation, pool);
                for (QueueSpec queue : situation.queues) {
                    Resources capability = pool == null
                            ? queue.capability()
                            : queue.pools().containsKey(pool)
                                    ? queue.pools().get(pool).capability()
                                    : null;
                    if (capability != null && !used.get(queue.name()).equals(usedBefore.get(queue.name()))) {
                        for (String name : capability.names()) {
                            assertThat(used.get(queue.name()).amount(name))
                                    .isLessThanOrEqualTo(capability.amount(name));
                        }
                    }
                }
            }
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void idle_guarantees_of_others_stay_unused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            situation.settings(situation.settings.with(PlanSettings.Eviction.OFF));
            Situation after = Aftermath.of(situation, plan(situation));
            for (PoolName pool : Aftermath.allAndEachPool(situation)) {
                long supply = Aftermath.supply(situation, pool);
                long launched = total(after, pool) - total(situation, pool);
                if (Aftermath.guaranteed(situation, pool) <= supply && launched > 0) {
                    long free = Math.max(0, supply - total(situation, pool));
                    assertThat(free - launched + slack(situation, pool))
                            .isGreaterThanOrEqualTo(Aftermath.idleGuarantee(after, pool));
                }
            }
        });
    }

    /** By how much more is kept for idle guarantees than is free, before anything is launched. */
    private static long slack(Situation situation, PoolName pool) {
        long free = Aftermath.supply(situation, pool) - total(situation, pool);
        return Math.max(0, Aftermath.idleGuarantee(situation, pool) - Math.max(0, free));
    }

    private static long total(Situation situation, PoolName pool) {
        return situation.live.stream()
                .flatMap(attempt -> attempt.pods().stream())
                .filter(pods -> pool == null || pods.pool().equals(pool))
                .mapToLong(pods -> pods.pod().times(pods.count()).amount("cpu"))
                .sum();
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_plan_for_its_own_result_is_empty(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            Situation after = Aftermath.of(situation, plan(situation));
            assertThat(plan(after).decisions()).allMatch(decision -> decision instanceof Decision.Hold);
        });
    }

    /** Worlds that other seeds found: claims taken by others, quota of those who leave, gangs that no zone could hold. */
    @Example
    void nor_is_there_more_to_do_where_there_once_was() {
        Map.of(
                        -5024433725210970854L, 6,
                        7402287815486782533L, 1,
                        -849864251267158630L, 4,
                        5842728001075491745L, 6,
                        -4852940454298212220L, 5,
                        -6651545025183505387L, 5,
                        -6999407276610224427L, 6,
                        -1319509488132509498L, 4,
                        -6882046994446376814L, 5)
                .forEach(this::the_plan_for_its_own_result_is_empty);
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void scaling_all_amounts_changes_nothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            for (PoolName pool : Aftermath.allAndEachPool(situation)) {
                if (Aftermath.guaranteed(situation, pool) > Aftermath.supply(situation, pool)) {
                    return; // then parts of guarantees count, rounded down to whole units
                }
            }
            Situation scaled = Scaled.by(1_000_000_000_000L, situation);
            assertThat(plan(scaled).launches().stream().map(Decision.Launch::pools))
                    .isEqualTo(plan(situation).launches().stream()
                            .map(Decision.Launch::pools)
                            .toList());
            assertThat(plan(scaled).launches().stream().map(Decision.Launch::job))
                    .isEqualTo(plan(situation).launches().stream()
                            .map(Decision.Launch::job)
                            .toList());
        });
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_job_that_is_held_alone_would_be_held_too_and_for_a_reason(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            situation.settings(PlanSettings.DEFAULT.with(new PlanSettings.Backfill(0, 0)));
            Plan plan = plan(situation);
            Situation after = Aftermath.of(situation, plan);
            for (PendingJob job : List.copyOf(after.pending)) {
                after.pending.clear();
                after.pending.add(job);
                assertThat(plan(after).launches()).isEmpty();
            }
            for (Decision decision : plan.decisions()) {
                if (decision instanceof Decision.Hold hold) {
                    assertThat(hold.all())
                            .isNotEmpty()
                            .isSortedAccordingTo(java.util.Comparator.comparing(Reason::code))
                            .noneMatch(reason ->
                                    reason.code() == ReasonCode.CYCLE_BOUND || reason.code() == ReasonCode.FITS);
                } else {
                    assertThat(decision.reason().code()).isEqualTo(ReasonCode.FITS);
                }
            }
        });
    }
}
