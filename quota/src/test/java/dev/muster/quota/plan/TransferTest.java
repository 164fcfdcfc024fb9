package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whether what a gang holds fits into another queue's account: said with numbers, and never so that the books would break. */
class TransferTest {
    private static List<Reason> against(Situation situation, String job, String queue) {
        return Transfer.against(situation.snapshot(), new JobId(job), new QueueName(queue));
    }

    @Test
    void what_fits_may_go_and_what_does_not_is_told_how_much_is_left() {
        Situation situation = given().pool("p", 4, "cpu 4")
                .queue("etl")
                .queue("nlp", null, "", "", "cpu 8")
                .running("r", "etl", "p-0", 2, "cpu 2")
                .running("large", "etl", "p-1", 3, "cpu 2")
                .running("theirs", "nlp", "p-2", 1, "cpu 4");

        assertThat(against(situation, "r", "nlp")).isEmpty();
        assertThat(against(situation, "large", "nlp")).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.CAPABILITY_REACHED);
            assertThat(reason.message()).isEqualTo("needs 6 cpu; queue nlp has 4 left of its capability 8");
        });
        assertThat(against(situation, "not-there", "nlp")).isEmpty();
    }

    @Test
    void what_both_queues_have_above_them_does_not_count_twice() {
        Situation situation = given().pool("p", 4, "cpu 4")
                .queue("all", null, "", "", "cpu 6")
                .queue("etl", "all", "", "", null)
                .queue("nlp", "all", "", "", null)
                .running("r", "etl", "p-0", 3, "cpu 2");

        assertThat(against(situation, "r", "nlp")).isEmpty();
    }

    @Test
    void it_takes_no_idle_guarantee_of_others_along() {
        Situation situation = given().pool("p", 2, "cpu 4")
                .queue("kept", null, "cpu 4", "", null)
                .queue("other")
                .running("theirs", "other", "p-1", 1, "cpu 4")
                .running("r", "kept", "p-0", 1, "cpu 4");

        // Its going would leave a guarantee idle for which there is no room.
        assertThat(against(situation, "r", "other"))
                .extracting(Reason::code)
                .containsExactly(ReasonCode.GUARANTEE_OF_OTHERS);
        assertThat(against(situation, "theirs", "kept")).isEmpty();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void whoever_goes_leaves_books_that_are_right(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(RandomSituation.of(seed, size), situation -> {
            Snapshot snapshot = situation.snapshot();
            World before = World.of(snapshot.with(List.of(), snapshot.live()));
            for (LiveAttempt attempt : snapshot.live()) {
                if (before.ledger.number(attempt.queue()) == Ledger.NONE) {
                    continue; // Its queue is gone: nobody is charged for it.
                }
                for (int q = 0; q < before.ledger.queues(); q++) {
                    QueueName to = before.ledger.name(q);
                    List<Reason> reasons =
                            Transfer.against(snapshot, attempt.id().job(), to);
                    World after = World.of(snapshot.with(List.of(), moved(snapshot.live(), attempt, to)));
                    boolean breaks = isAboveBy(attempt, before, after, q);
                    if (breaks) {
                        assertThat(reasons).as("%s to %s", attempt.id(), to).isNotEmpty();
                    } else {
                        assertThat(reasons)
                                .as("%s to %s", attempt.id(), to)
                                .extracting(Reason::code)
                                .doesNotContain(ReasonCode.CAPABILITY_REACHED);
                    }
                }
            }
        });
    }

    private static List<LiveAttempt> moved(List<LiveAttempt> live, LiveAttempt one, QueueName to) {
        return live.stream()
                .map(each -> each == one
                        ? new LiveAttempt(
                                one.id(),
                                to,
                                one.priority(),
                                one.since(),
                                one.pods(),
                                one.roles(),
                                one.traits(),
                                one.checkpoint())
                        : each)
                .toList();
    }

    /** Whether the queue or one above it would hold more than it may of something that the attempt holds. */
    private static boolean isAboveBy(LiveAttempt attempt, World before, World after, int queue) {
        long[] amounts = new long[after.ledger.width()];
        for (LiveAttempt.Held pods : attempt.pods()) {
            long[] all = after.index.vector(pods.pod().times(pods.count()));
            for (int r = 0; r < all.length; r++) {
                amounts[r] += all[r];
            }
        }
        after.inPools(attempt.pods(), (place, amount) -> amounts[place] += amount);
        boolean above = false;
        for (int q = queue; q != Ledger.NONE; q = after.ledger.parent(q)) {
            for (int r = 0; r < amounts.length; r++) {
                assertThat(after.ledger.used(q, r)).isNotNegative();
                above |= amounts[r] > 0 && after.ledger.used(q, r) > after.ledger.capability(q, r);
            }
        }
        for (int r = 0; r < amounts.length; r++) {
            assertThat(all(after, r)).as("nothing is lost or made").isEqualTo(all(before, r));
        }
        return above;
    }

    private static long all(World world, int resource) {
        long all = 0;
        for (int q = 0; q < world.ledger.queues(); q++) {
            if (world.ledger.parent(q) == Ledger.NONE) {
                all += world.ledger.used(q, resource);
            }
        }
        return all;
    }
}
