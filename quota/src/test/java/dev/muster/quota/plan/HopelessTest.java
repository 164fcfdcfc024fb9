package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.NOON;
import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HopelessTest {
    private static Situation full() {
        return given().pool("a", 2, "cpu 4")
                .queue("etl")
                .running("one", "etl", "a-0", 1, "cpu 4")
                .roles("one", ask("worker", 1, "cpu 4"))
                .running("two", "etl", "a-1", 1, "cpu 3")
                .roles("two", ask("worker", 1, "cpu 3"))
                .pending("waits", "etl", 2, ask("worker", 1, "cpu 4"))
                .settings(PlanSettings.DEFAULT.with(PlanSettings.Eviction.ON));
    }

    /** True where what was noted in one state is known in the next one of the same ground, after this change. */
    private static boolean isKnownAfter(Consumer<World> change, Snapshot later) {
        Snapshot snapshot = full().snapshot();
        Ground ground = Ground.of(snapshot);
        World first = World.on(ground, snapshot, null);
        PendingJob taker = snapshot.pending().get(0);
        Group group = new Groups(first).all().get(0);
        Hopeless hopeless = new Hopeless();
        hopeless.in(first, new Bundles(first, new Exits(), List.of()));
        hopeless.note(taker, group, new Hopeless.Answer(true, null), false);

        World then = World.on(ground, later, null);
        change.accept(then);
        hopeless.in(then, new Bundles(then, new Exits(), List.of()));
        return hopeless.of(taker, group) != null;
    }

    @Test
    void what_was_found_is_known_as_long_as_nothing_differs_that_it_depends_on() {
        Snapshot same = full().snapshot();
        assertThat(isKnownAfter(world -> {}, same)).isTrue();
        assertThat(isKnownAfter(world -> world.ledger.add(0, new long[] {1}), same))
                .isFalse();
        assertThat(isKnownAfter(world -> world.room.giveBack(0, new long[] {1}, 1), same))
                .isFalse();
    }

    @Test
    void it_is_forgotten_where_others_may_give_way_or_in_another_order_or_by_another_policy() {
        Situation protects = full();
        protects.settings(PlanSettings.DEFAULT.with(
                new PlanSettings.Eviction(true, true, Duration.ofDays(1), Duration.ZERO, 3, 200)));
        assertThat(isKnownAfter(world -> {}, protects.snapshot())).isFalse();

        Situation saved = full();
        saved.live.replaceAll(attempt -> attempt.id().job().value().equals("one")
                ? new LiveAttempt(
                        attempt.id(),
                        attempt.queue(),
                        attempt.priority(),
                        attempt.since(),
                        attempt.pods(),
                        attempt.roles(),
                        attempt.traits(),
                        NOON)
                : attempt);
        assertThat(isKnownAfter(world -> {}, saved.snapshot())).isFalse();

        Situation sooner = full();
        sooner.settings(
                PlanSettings.DEFAULT.with(new PlanSettings.Eviction(true, true, Duration.ZERO, Duration.ZERO, 3, 7)));
        assertThat(isKnownAfter(world -> {}, sooner.snapshot())).isFalse();
    }

    /** The larger one loses less at first, and more later. */
    @Test
    void where_time_alone_changes_the_order_only_what_depends_on_it_is_forgotten() {
        Situation situation = full();
        situation.live.replaceAll(attempt -> since(
                attempt, attempt.id().job().value().equals("one") ? NOON.minusSeconds(100) : NOON.minusSeconds(200)));
        Snapshot snapshot = situation.snapshot();
        Ground ground = Ground.of(snapshot);
        World first = World.on(ground, snapshot, null);
        PendingJob taker = snapshot.pending().get(0);
        PendingJob other = taker.with(taker.traits().withPreemption());
        Group group = new Groups(first).all().get(0);
        Exits exits = new Exits();
        Hopeless hopeless = new Hopeless();
        hopeless.in(first, new Bundles(first, exits, List.of()));
        hopeless.note(taker, group, new Hopeless.Answer(true, null), true);
        hopeless.note(other, group, new Hopeless.Answer(true, null), false);

        situation.now = NOON.plusSeconds(300);
        Snapshot later = new Snapshot(
                situation.now,
                snapshot.queues(),
                snapshot.nodes(),
                snapshot.pending(),
                snapshot.live(),
                snapshot.settings());
        World then = World.on(ground, later, null);
        hopeless.in(then, new Bundles(then, exits, List.of()));

        assertThat(exits.of(then).get(0).attempt.id().job().value()).isEqualTo("two");
        assertThat(hopeless.of(taker, group)).isNotNull();
        assertThat(hopeless.of(other, group)).isNull();
    }

    private static LiveAttempt since(LiveAttempt attempt, Instant since) {
        return new LiveAttempt(
                attempt.id(),
                attempt.queue(),
                attempt.priority(),
                since,
                attempt.pods(),
                attempt.roles(),
                attempt.traits(),
                null);
    }

    @Test
    void a_taker_with_other_rights_is_another_one() {
        Snapshot snapshot = full().snapshot();
        World world = World.of(snapshot);
        Group group = new Groups(world).all().get(0);
        PendingJob taker = snapshot.pending().get(0);
        Hopeless hopeless = new Hopeless();
        hopeless.in(world, new Bundles(world, new Exits(), List.of()));
        hopeless.note(taker, group, new Hopeless.Answer(true, null), false);

        assertThat(hopeless.of(taker, group)).isNotNull();
        assertThat(hopeless.of(taker.with(taker.traits().withPreemption()), group))
                .isNull();
    }
}
