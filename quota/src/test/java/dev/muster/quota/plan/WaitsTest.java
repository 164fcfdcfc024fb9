package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who waits for whom: the numbers are the ledger's, and what would give way is what plans end. */
class WaitsTest {
    private static final PlanSettings ON = PlanSettings.DEFAULT.with(PlanSettings.Eviction.ON);

    private static Waits waits(Situation situation) {
        return Waits.of(situation.snapshot(), new Planner().plan(situation.snapshot()), 100);
    }

    private static List<String> told(Situation situation) {
        return waits(situation).lines().stream()
                .map(line -> "%d of %s for %s: ask %d, all %d of %s, free %d of %d%s"
                        .formatted(
                                line.gangs(),
                                line.queue(),
                                line.code(),
                                line.asked(),
                                line.askedByAll(),
                                line.key(),
                                line.free(),
                                line.limit(),
                                line.within() == null ? "" : " in " + line.within()))
                .toList();
    }

    private static List<String> holders(Situation situation) {
        return waits(situation).lines().get(0).holders().stream()
                .map(holder -> "%s holds %d, deserves %s, borrows %d, idle %d, would give %d, %s"
                        .formatted(
                                holder.queue(),
                                holder.share().used(),
                                holder.share().deserved(),
                                holder.share().borrowed(),
                                holder.share().idle(),
                                holder.wouldGive(),
                                holder.stays()))
                .toList();
    }

    /** Eight cpus: "owner" deserves four and holds none, "greedy" deserves two and holds seven in gangs of three, three and one. */
    private static Situation borrowed() {
        return given().pool("p", 2, "cpu 4")
                .queue("owner", null, "", "cpu 4", null)
                .queue("greedy", null, "", "cpu 2", null)
                .running("g-1", "greedy", "p-0", 1, "cpu 3")
                .roles("g-1", ask("worker", 1, "cpu 3"))
                .running("g-2", "greedy", "p-1", 1, "cpu 3")
                .roles("g-2", ask("worker", 1, "cpu 3"))
                .running("g-3", "greedy", "p-1", 1, "cpu 1")
                .roles("g-3", ask("worker", 1, "cpu 1"))
                .pending("mine", "owner", 2, "cpu 2")
                .pending("and-mine", "owner", 1, "cpu 2");
    }

    @Test
    void what_others_borrow_would_be_won_back_up_to_what_they_deserve() {
        assertThat(told(borrowed().settings(ON))).first().asString().contains("of owner", "free 1000 of 8000");
        assertThat(holders(borrowed().settings(ON)))
                .containsExactly(
                        "greedy holds 7000, deserves 2000, borrows 5000, idle 0, would give 4000, {TOO_LARGE=3000}");
    }

    @Test
    void where_the_policy_lets_nobody_reclaim_nothing_would_be_given() {
        assertThat(told(borrowed()))
                .containsExactly("2 of owner for NODES_FULL: ask 4000, all 6000 of cpu, free 1000 of 8000");
        assertThat(holders(borrowed()))
                .containsExactly(
                        "greedy holds 7000, deserves 2000, borrows 5000, idle 0, would give 0, {RECLAIM_OFF=7000}");
    }

    @Test
    void who_would_hold_more_than_it_deserves_wins_back_nothing() {
        Situation greedy = given().pool("p", 1, "cpu 4")
                .queue("poor", null, "", "cpu 1", null)
                .queue("rich", null, "", "cpu 2", null)
                .running("r", "rich", "p-0", 1, "cpu 3")
                .roles("r", ask("worker", 1, "cpu 3"))
                .pending("large", "poor", 1, "cpu 2")
                .settings(ON);

        assertThat(holders(greedy))
                .containsExactly(
                        "rich holds 3000, deserves 2000, borrows 1000, idle 0, would give 0, {TAKER_ABOVE_DESERVED=3000}");
    }

    @Test
    void at_a_capability_only_what_counts_there_is_in_the_way() {
        Situation capped = given().pool("p", 4, "cpu 4")
                .queue("org", null, "", "", "cpu 6")
                .queue("one", "org", "", "", null)
                .queue("two", "org", "", "", null)
                .queue("elsewhere")
                .running("a", "one", "p-0", 1, "cpu 3")
                .roles("a", ask("worker", 1, "cpu 3"))
                .running("b", "two", "p-1", 1, "cpu 2")
                .launching("c", "elsewhere", "p", 1, "cpu 4")
                .pending("waits", "two", 1, "cpu 2");

        assertThat(told(capped))
                .containsExactly(
                        "1 of two for CAPABILITY_REACHED: ask 2000, all 2000 of cpu, free 1000 of 6000 in org");
        assertThat(holders(capped))
                .containsExactly(
                        "one holds 3000, deserves 0, borrows 3000, idle 0, would give 0, {RECLAIM_OFF=3000}",
                        "two holds 2000, deserves 0, borrows 2000, idle 0, would give 0, {MOVING=2000}");
    }

    @Test
    void an_idle_guarantee_is_named_with_what_is_kept_for_it() {
        Situation kept = given().pool("p", 1, "cpu 4")
                .queue("sure", null, "cpu 3", "cpu 3", null)
                .queue("other")
                .pending("waits", "other", 1, "cpu 2");

        assertThat(told(kept)).first().asString().contains("of other for GUARANTEE_OF_OTHERS: ask 2000");
        assertThat(holders(kept))
                .containsExactly("sure holds 0, deserves 3000, borrows 0, idle 3000, would give 0, {}");
    }

    @Test
    void who_began_a_short_while_ago_or_has_been_evicted_enough_stays() {
        Situation young = borrowed()
                .tenure("g-2", traits -> traits.withEvictions(3))
                .settings(PlanSettings.DEFAULT.with(
                        new PlanSettings.Eviction(true, true, Duration.ofHours(1), Duration.ZERO, 3, 200)));

        assertThat(holders(young))
                .containsExactly(
                        "greedy holds 7000, deserves 2000, borrows 5000, idle 0, would give 0, {PROTECTED=4000, EVICTED_ENOUGH=3000}");
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void all_that_is_held_is_somebodys_and_would_be_given_or_stays(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Situation situation = RandomSituation.of(seed, size);
        situation.settings(situation.settings.with(PlanSettings.Eviction.ON));
        Law.holds(situation, each -> {
            Map<QueueName, EffectiveQueue> queues = EffectiveQueue.of(each.snapshot());
            for (Waits.Line line : waits(each).lines()) {
                if (!line.key().equals(line.resource())) {
                    continue;
                }
                assertThat(line.own().used())
                        .isEqualTo(queues.get(line.queue()).amounts().used().amount(line.resource()));
                long sum = 0;
                for (Waits.Holder holder : line.holders()) {
                    EffectiveQueue.Amounts amounts = queues.get(holder.queue()).amounts();
                    assertThat(holder.share().used()).isEqualTo(amounts.used().amount(line.resource()));
                    assertThat(holder.share().guarantee())
                            .isEqualTo(amounts.guarantee().amount(line.resource()));
                    assertThat(holder.wouldGive()
                                    + holder.stays().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum())
                            .as(holder.toString())
                            .isEqualTo(holder.share().used());
                    sum += holder.share().used();
                }
                if (line.within() != null) {
                    assertThat(sum)
                            .isEqualTo(
                                    queues.get(line.within()).amounts().used().amount(line.resource()));
                }
            }
        });
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void who_is_ended_for_the_only_one_that_waits_would_have_given(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Situation situation = RandomSituation.of(seed, size);
        situation.settings(situation.settings.with(PlanSettings.Eviction.ON));
        situation
                .pending
                .subList(Math.min(1, situation.pending.size()), situation.pending.size())
                .clear();
        Law.holds(situation, each -> {
            Map<JobId, QueueName> queues = new HashMap<>();
            each.live.forEach(attempt -> queues.put(attempt.id().job(), attempt.queue()));
            Plan plan = new Planner().plan(each.snapshot());
            for (Decision.Evict evict : plan.acts(Decision.Evict.class)) {
                if (evict.inFavourOf() == null) {
                    continue;
                }
                assertThat(Waits.of(each.snapshot(), plan, 100).lines())
                        .anySatisfy(line -> assertThat(line.holders()).anySatisfy(holder -> {
                            assertThat(holder.queue()).isEqualTo(queues.get(evict.job()));
                            assertThat(holder.wouldGive()).isPositive();
                        }));
            }
        });
    }
}
