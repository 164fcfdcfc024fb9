package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class ExitsTest {
    private static List<String> told(List<Piece> order) {
        List<String> told = new ArrayList<>();
        order.forEach(piece -> told.add("%s %s %s".formatted(piece.attempt.id(), piece.wholeGang, piece.pods)));
        return told;
    }

    /** Saved at some time, which may be to come. */
    private static LiveAttempt saved(LiveAttempt attempt, long seconds) {
        return new LiveAttempt(
                attempt.id(),
                attempt.queue(),
                attempt.priority(),
                attempt.since(),
                attempt.pods(),
                attempt.roles(),
                attempt.traits(),
                Situation.NOON.plusSeconds(seconds));
    }

    /** As time goes on, and back; while others come and go, save their work, or the policy protects more. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void what_follows_is_in_the_order_of_what_begins_anew(@ForAll long seed) {
        Random random = new Random(seed);
        Situation situation = RandomSituation.crowded(seed, 4);
        RosterEditor<LiveAttempt> live = RosterEditor.ofLiving();
        situation.live.forEach(live::put);
        Ground ground = Ground.of(situation.snapshot());
        Exits exits = new Exits();
        List<Piece> last = List.of();
        for (int round = 0; round < 12; round++) {
            LiveAttempt one = situation.live.get(random.nextInt(situation.live.size()));
            switch (random.nextInt(6)) {
                case 0 -> live.remove(one.id().job());
                case 1 -> live.put(one);
                case 2 -> live.put(saved(one, random.nextInt(4_000) - 2_000));
                case 3 -> situation.now = situation.now.plusSeconds(random.nextInt(2_000) - 500);
                case 4 ->
                    situation.settings = situation.settings.with(new PlanSettings.Eviction(
                            true, true, Duration.ofMinutes(random.nextInt(20)), Duration.ZERO, 3, 200));
                default -> {
                    // Nothing may change.
                }
            }
            Snapshot plain = situation.snapshot();
            Snapshot snapshot = new Snapshot(
                    situation.now, plain.queues(), plain.nodes(), plain.pending(), live.freeze(), situation.settings);
            World world = World.on(ground, snapshot, null);
            List<Piece> order = exits.of(world);
            assertThat(told(order)).isEqualTo(told(new Exits().of(world)));
            assertThat(exits.of(world)).as("nothing has changed").isSameAs(order);
            last = order;
        }
        assertThat(last)
                .allMatch(piece -> live.get(new JobId(piece.attempt.id().job().value())) == piece.attempt);
    }
}
