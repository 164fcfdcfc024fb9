package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What is told beside the plan agrees with what the planner does. */
class ExplanationLawsTest {
    private static final int CASES = 4000;
    private static final PlanSettings UNBOUNDED = PlanSettings.DEFAULT.with(new PlanSettings.Backfill(0, 0));
    private static final Set<ReasonCode> OF_QUEUES = EnumSet.of(
            ReasonCode.QUEUE_CLOSED,
            ReasonCode.ABOVE_CAPABILITY,
            ReasonCode.BACKOFF,
            ReasonCode.CAPABILITY_REACHED,
            ReasonCode.GUARANTEE_OF_OTHERS);

    private static Plan plan(Situation situation) {
        return new Planner().plan(situation.snapshot());
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_job_that_is_said_to_fit_is_launched(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            situation.settings(UNBOUNDED);
            Plan plan = plan(situation);
            Situation after = Aftermath.of(situation, plan);
            for (PendingJob job : after.pending) {
                boolean fits = !WhatFits.in(after.snapshot())
                        .gangs(job.roles(), job.traits().oneZone(), 1)
                        .isEmpty();
                List<ReasonCode> codes =
                        hold(plan, job.id()).all().stream().map(Reason::code).toList();
                boolean queuesStandAgainst = codes.stream().anyMatch(OF_QUEUES::contains);
                assertThat(queuesStandAgainst || !fits)
                        .as("%s fits: %s, held for %s", job.id(), fits, codes)
                        .isTrue();
            }
        });
    }

    private static Decision.Hold hold(Plan plan, JobId job) {
        return plan.decisions().stream()
                .filter(decision -> decision.job().equals(job) && decision instanceof Decision.Hold)
                .map(Decision.Hold.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_numbers_of_a_reason_are_those_of_the_world(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            situation.settings(UNBOUNDED);
            Plan plan = plan(situation);
            Situation after = Aftermath.of(situation, plan);
            var used = Aftermath.used(after);
            for (PendingJob job : after.pending) {
                for (Reason reason : hold(plan, job.id()).all()) {
                    assertThat(reason.hint())
                            .as("what would make it run: %s", reason)
                            .isNotBlank();
                    assertThat(reason.numbers()).as("%s", reason).isNotEmpty();
                    if (reason.code() == ReasonCode.CAPABILITY_REACHED
                            && reason.numbers().containsKey("asked.cpu")) {
                        QueueName queue = new QueueName(reason.numbers().get("queue"));
                        assertThat(number(reason, "used.cpu"))
                                .isEqualTo(used.get(queue).amount("cpu"));
                        assertThat(number(reason, "asked.cpu")).isEqualTo(asked(job));
                        assertThat(number(reason, "asked.cpu")).isGreaterThan(number(reason, "available.cpu"));
                    }
                    if (reason.code() == ReasonCode.NODES_FULL || reason.code() == ReasonCode.FRAGMENTED) {
                        assertThat(reason.numbers().containsKey("fits")
                                        && Long.parseLong(reason.numbers().get("fits"))
                                                >= Long.parseLong(
                                                        reason.numbers().get("needed")))
                                .isFalse();
                    }
                }
            }
        });
    }

    private static long number(Reason reason, String key) {
        return Quantity.parse("cpu", reason.numbers().get(key));
    }

    private static long asked(PendingJob job) {
        return job.roles().stream()
                .mapToLong(ask -> ask.pod().times(ask.minimum()).amount("cpu"))
                .sum();
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void where_there_is_room_for_all_the_first_in_turn_start_first(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            Situation wide = roomForAll(situation);
            List<JobId> launched =
                    plan(wide).launches().stream().map(Decision.Launch::job).toList();
            assertThat(JobPlaces.in(wide.snapshot()).first(100, job -> launched.contains(job.id())).stream()
                            .map(PendingJob::id))
                    .containsExactlyElementsOf(launched);
        });
    }

    private static Situation roomForAll(Situation from) {
        Situation wide = Situation.given().settings(UNBOUNDED.with(from.settings.aging()));
        wide.pending.addAll(from.pending);
        wide.live.addAll(from.live);
        wide.nodes.addAll(from.nodes);
        from.queues.forEach(queue -> wide.queues.add(new QueueSpec(
                queue.name(),
                queue.parent(),
                queue.guarantee(),
                queue.deserved(),
                null,
                queue.weight(),
                queue.state(),
                List.of(),
                queue.weights(),
                Map.of(),
                queue.fence())));
        from.nodes.forEach(node -> wide.nodes.add(new Node(
                new NodeName("more-" + node.name()),
                node.pool(),
                node.labels(),
                node.taints(),
                Resources.of(node.allocatable().asMap().keySet().stream()
                        .collect(Collectors.toMap(name -> name, name -> 1000L))),
                Resources.NONE,
                1000,
                0,
                true)));
        return wide;
    }

    @Property(tries = CASES / 2, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void an_expected_start_is_in_order_and_what_cannot_start_does_not_though_all_others_end(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        Law.holds(seed, size, situation -> {
            Snapshot snapshot = situation.snapshot();
            Plan plan = new Planner().plan(snapshot);
            ExpectedStarts starts = ExpectedStarts.of(snapshot, plan, new ExpectedStarts.Bounds(50, 20, 1_000_000));
            for (PendingJob job : situation.pending) {
                ExpectedStart start = starts.of(job.id());
                boolean launched =
                        plan.launches().stream().anyMatch(launch -> launch.job().equals(job.id()));
                assertThat(start == null).isEqualTo(launched);
                if (start instanceof ExpectedStart.Between between) {
                    assertThat(between.earliest()).isAfterOrEqualTo(situation.now);
                    assertThat(between.latest() == null || !between.latest().isBefore(between.earliest()))
                            .isTrue();
                }
                if (start instanceof ExpectedStart.Cannot) {
                    Situation alone = Situation.given().settings(UNBOUNDED);
                    alone.queues.addAll(situation.queues);
                    alone.nodes.addAll(situation.nodes);
                    alone.now = situation.now.plusSeconds(3600);
                    alone.pending.add(job.withClaim(List.of()));
                    assertThat(plan(alone).launches()).isEmpty();
                }
            }
        });
    }

    @Property(tries = CASES / 2, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void a_preview_of_other_queues_agrees_with_the_planner(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(seed, size, situation -> {
            Situation other = RandomSituation.of(seed + 1, size);
            Snapshot snapshot = situation.snapshot();
            assertThat(QuotaEdit.preview(snapshot, situation.queues).effects()).isEmpty();
            QuotaEdit.Preview preview = QuotaEdit.preview(snapshot, other.queues);
            Situation then = Situation.given().settings(UNBOUNDED);
            then.queues.addAll(other.queues);
            then.nodes.addAll(situation.nodes);
            then.live.addAll(situation.live);
            for (QuotaEdit.Effect effect : preview.effects()) {
                then.pending.clear();
                situation.pending.stream()
                        .filter(job ->
                                job.id().equals(effect.job()) && job.notIn().isEmpty())
                        .forEach(then.pending::add);
                if (then.pending.isEmpty()) {
                    continue; // a pool in back-off asks nothing of what a queue has there
                }
                if (effect.kind() == QuotaEdit.Kind.HELD || effect.kind() == QuotaEdit.Kind.NEVER_RUNS) {
                    Plan plan = plan(then);
                    assertThat(plan.launches()).isEmpty();
                    assertThat(hold(plan, effect.job()).all().stream().map(Reason::code))
                            .contains(effect.because().code());
                }
                if (effect.kind() == QuotaEdit.Kind.LET_START) {
                    assertThat(plan(then).decisions().stream()
                                    .filter(Decision.Hold.class::isInstance)
                                    .flatMap(decision -> ((Decision.Hold) decision).all().stream())
                                    .map(Reason::code)
                                    .filter(code -> code == ReasonCode.CAPABILITY_REACHED
                                            || code == ReasonCode.ABOVE_CAPABILITY
                                            || code == ReasonCode.QUEUE_CLOSED))
                            .allMatch(code -> hasPools(other) && code == ReasonCode.CAPABILITY_REACHED);
                }
            }
        });
    }

    /** Then what a queue may take of several pools together is only found by packing. */
    private static boolean hasPools(Situation situation) {
        return situation.queues.stream().anyMatch(queue -> !queue.pools().isEmpty());
    }

    @Property(tries = CASES, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void amounts_end_at_the_largest_number_and_never_overflow(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(Scaled.by(Long.MAX_VALUE / 3, RandomSituation.of(seed, size)), situation -> {
            Plan plan = plan(situation);
            plan.decisions()
                    .forEach(decision -> assertThat(decision.reason().message()).doesNotContain("-9"));
            Situation after = Aftermath.of(situation, plan);
            for (QueueSpec queue : situation.queues) {
                Resources used = Aftermath.used(after).get(queue.name());
                Resources before = Aftermath.used(situation).get(queue.name());
                Resources capability = queue.capability();
                if (capability != null && !used.equals(before)) {
                    capability.names().forEach(name -> assertThat(used.amount(name))
                            .isLessThanOrEqualTo(capability.amount(name)));
                }
            }
            for (PoolName pool :
                    situation.nodes.stream().map(Node::pool).distinct().toList()) {
                long launched = plan.launches().stream()
                        .flatMap(launch -> launch.promise().stream())
                        .filter(pods -> pods.pool().equals(pool))
                        .mapToLong(pods -> pods.pod().amount("cpu") > 0 ? pods.count() : 0)
                        .sum();
                // A third of the largest number and more fits three times at most on each node.
                assertThat(launched)
                        .isLessThanOrEqualTo(3L
                                * situation.nodes.stream()
                                        .filter(node -> node.pool().equals(pool))
                                        .count());
            }
        });
    }
}
