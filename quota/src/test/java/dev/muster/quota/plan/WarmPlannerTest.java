package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** A planner that remembers gives the plans of one that does not, word by word, whatever happens between them. */
class WarmPlannerTest {
    private static final int CASES = 1500;
    private static final int GROWING_CASES = 200;
    /** In each of so many cycles jobs really give way. */
    private static final int EVICTING_CYCLES = 2_000;

    private static final int CYCLES = 8;

    private final RosterEditor<PendingJob> pending = RosterEditor.ofWaiting();
    private final RosterEditor<LiveAttempt> live = RosterEditor.ofLiving();
    private final WarmPlanner warm = new WarmPlanner();
    private int evictions;

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_warm_plan_is_the_cold_plan(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        planned(seed, RandomSituation.forgetful(seed, size), RandomSituation.of(seed + 1, size));
    }

    @Property(tries = GROWING_CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void so_it_is_where_pools_may_grow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        planned(seed, RandomSituation.growing(seed, size), RandomSituation.growing(seed + 1, size));
    }

    @Property(tries = GROWING_CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void so_it_is_where_many_wait_for_whom_nobody_gives_way(@ForAll long seed) {
        Situation situation = RandomSituation.of(seed, 12);
        situation.settings(situation.settings.with(PlanSettings.Eviction.ON));
        Situation others = RandomSituation.of(seed + 1, 12);
        others.settings(situation.settings);
        planned(seed, situation, others);
    }

    @Example
    void so_it_is_where_jobs_give_way() {
        long seed = 0;
        for (int cycles = 0; cycles < EVICTING_CYCLES; seed++) {
            WarmPlannerTest planners = new WarmPlannerTest();
            planners.planned(seed, withEvictions(seed), withEvictions(-1 - seed));
            cycles += planners.evictions;
            assertThat(seed)
                    .as("cases in which jobs gave way in %d cycles", cycles)
                    .isLessThan(10L * EVICTING_CYCLES);
        }
    }

    /** In some of them few may take, or few may go. */
    private static Situation withEvictions(long seed) {
        Situation situation = RandomSituation.crowded(seed, 1 + (int) Math.floorMod(seed, 3L));
        if (seed % 4 == 0) {
            Duration after = Duration.ofSeconds(Math.floorMod(seed, 3L));
            situation.settings(situation.settings.with(
                    new PlanSettings.Eviction(true, seed % 8 == 0, Duration.ofMinutes(10), after, 3, 2)));
        }
        return situation;
    }

    private void planned(long seed, Situation first, Situation others) {
        Random random = new Random(seed);
        Situation situation = first;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Snapshot snapshot = snapshot(situation);
            Plan plan = warm.plan(snapshot);
            Snapshot plain = new Snapshot(
                            snapshot.now(),
                            snapshot.queues(),
                            snapshot.nodes(),
                            List.of(snapshot.pending().toArray(PendingJob[]::new)),
                            List.of(snapshot.live().toArray(LiveAttempt[]::new)),
                            snapshot.settings())
                    .withExpansions(snapshot.expansions());
            assertThat(plan).isEqualTo(new Planner().plan(plain));
            evictions += plan.decisions().stream().anyMatch(WarmPlannerTest::isEviction) ? 1 : 0;
            if (random.nextBoolean()) {
                situation = Aftermath.of(situation, plan);
            }
            change(situation, others, random, cycle);
        }
    }

    private static boolean isEviction(Decision decision) {
        return decision instanceof Decision.Evict || decision instanceof Decision.Shrink;
    }

    /** Written into the same editors each time, as far as it differs. */
    private Snapshot snapshot(Situation situation) {
        List.copyOf(pending.freeze()).stream()
                .filter(job -> !situation.pending.contains(job))
                .forEach(job -> pending.remove(job.id()));
        situation.pending.stream()
                .filter(job -> !pending.freeze().contains(job))
                .forEach(pending::put);
        List.copyOf(live.freeze()).stream()
                .filter(attempt -> !situation.live.contains(attempt))
                .forEach(attempt -> live.remove(attempt.id().job()));
        situation.live.stream()
                .filter(attempt -> !live.freeze().contains(attempt))
                .forEach(live::put);
        return new Snapshot(
                        situation.now,
                        situation.queues,
                        situation.nodes,
                        pending.freeze(),
                        live.freeze(),
                        situation.settings)
                .withExpansions(situation.expansions);
    }

    private static void change(Situation situation, Situation others, Random random, int cycle) {
        for (int i = random.nextInt(3); i > 0 && !situation.pending.isEmpty(); i--) {
            situation.pending.remove(random.nextInt(situation.pending.size()));
        }
        for (int i = random.nextInt(3); i > 0 && !situation.live.isEmpty(); i--) {
            situation.live.remove(random.nextInt(situation.live.size()));
        }
        for (int i = random.nextInt(4); i > 0 && !others.pending.isEmpty(); i--) {
            PendingJob other = others.pending.get(random.nextInt(others.pending.size()));
            situation.pending.add(new PendingJob(
                    new JobId("k%d-%d".formatted(cycle, i)),
                    other.queue(),
                    other.priority(),
                    other.since(),
                    other.roles(),
                    random.nextInt(5) == 0
                            ? Map.of(new PoolName("p0"), situation.now.plusSeconds(random.nextInt(60)))
                            : Map.of(),
                    other.traits()));
        }
        switch (random.nextInt(14)) {
            case 0 -> situation.now = situation.now.plusSeconds(random.nextInt(90));
            case 1 -> change(situation.nodes, others.nodes, random);
            case 2 -> change(situation.queues, others.queues, random);
            case 3 -> situation.settings = others.settings;
            case 4 -> situation.live.replaceAll(attempt -> aged(attempt, situation.now));
            case 5 -> change(situation.expansions, others.expansions, random);
            case 6 ->
                situation.live.replaceAll(attempt -> random.nextBoolean() ? attempt : saved(attempt, situation.now));
            case 7 ->
                situation.pending.replaceAll(job -> random.nextBoolean() || others.pending.isEmpty()
                        ? job
                        : likeAnother(job, others.pending.get(random.nextInt(others.pending.size()))));
            default -> {
                // Most often the land stays as it is.
            }
        }
    }

    private static <T> void change(List<T> some, List<T> others, Random random) {
        if (some.size() > 1 && random.nextBoolean()) {
            some.remove(random.nextInt(some.size()));
        } else if (!others.isEmpty()) {
            T other = others.get(random.nextInt(others.size()));
            if (some.stream().noneMatch(one -> nameOf(one).equals(nameOf(other)))) {
                some.add(other);
            }
        }
    }

    private static Object nameOf(Object named) {
        if (named instanceof Expansion expansion) {
            return expansion.spec().offering();
        }
        return named instanceof Node node ? node.name() : ((QueueSpec) named).name();
    }

    /** It moves to another queue, or gets another priority, or asks for something else. */
    private static PendingJob likeAnother(PendingJob job, PendingJob other) {
        return new PendingJob(
                job.id(), other.queue(), other.priority(), job.since(), other.roles(), job.notIn(), other.traits());
    }

    /** Its work is saved now: nothing is lost where it ends. */
    private static LiveAttempt saved(LiveAttempt attempt, Instant now) {
        return new LiveAttempt(
                attempt.id(),
                attempt.queue(),
                attempt.priority(),
                attempt.since(),
                attempt.pods(),
                attempt.roles(),
                attempt.traits(),
                now);
    }

    private static LiveAttempt aged(LiveAttempt attempt, Instant now) {
        return new LiveAttempt(
                attempt.id(),
                attempt.queue(),
                attempt.priority(),
                now.minusSeconds(1000),
                attempt.pods(),
                attempt.roles(),
                attempt.traits(),
                null);
    }
}
