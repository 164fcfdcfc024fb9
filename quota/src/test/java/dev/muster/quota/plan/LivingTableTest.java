package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.amounts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LivingTableTest {
    private final RosterEditor<LiveAttempt> editor = RosterEditor.ofLiving();

    private static LiveAttempt attempt(int number, List<LiveAttempt.Held> held) {
        return new LiveAttempt(
                new AttemptId(new JobId("j%06d".formatted(number)), 1),
                new QueueName("q" + number % 7),
                2,
                Situation.NOON,
                held);
    }

    private static LiveAttempt.Held held(String node, String each, int count) {
        return new LiveAttempt.Held(
                new RoleName("worker"),
                new PoolName("p"),
                node == null ? null : new NodeName(node),
                amounts(each),
                count);
    }

    /** What a table says is what the attempts say. */
    private static void holdsWhatTheyHold(LivingTable table) {
        for (int c = 0; c < table.chunks(); c++) {
            LivingTable.Chunk chunk = table.chunk(c);
            for (int i = 0; i < chunk.held().length; i++) {
                LiveAttempt attempt = chunk.attempt(i);
                int[] numbers = chunk.held()[i];
                assertThat(table.queues[chunk.queues()[i]]).isEqualTo(attempt.queue());
                assertThat(numbers).hasSize(attempt.pods().size() * 3);
                boolean noted = false;
                for (int h = 0; h < attempt.pods().size(); h++) {
                    LiveAttempt.Held pods = attempt.pods().get(h);
                    int node = numbers[h * 3];
                    int pod = numbers[h * 3 + 1];
                    assertThat(node == LivingTable.NOWHERE ? null : table.nodes[node])
                            .isEqualTo(pods.node());
                    assertThat(pod).isLessThan(table.podCount);
                    for (int r = 0; r < table.resources.size(); r++) {
                        String name = table.resources.get(r);
                        long said =
                                pods.pod().names().contains(name) ? pods.pod().amount(name) : Wants.UNSAID;
                        assertThat(table.amounts[pod * table.stride + r]).isEqualTo(said);
                    }
                    assertThat(numbers[h * 3 + 2]).isEqualTo(pods.count());
                    noted |= pods.node() == null || pods.leaving();
                }
                assertThat(chunk.noted()[i]).isEqualTo(noted);
            }
        }
    }

    @Test
    void whatever_comes_and_goes_every_frozen_list_says_what_its_attempts_hold() {
        Random random = new Random(3);
        List<LivingTable> tables = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 60; i++) {
                int number = random.nextInt(1_500);
                List<LiveAttempt.Held> held = new ArrayList<>();
                for (int h = random.nextInt(4); h > 0; h--) {
                    String each = "cpu %d, r%d 3".formatted(1 + random.nextInt(9), random.nextInt(round + 1));
                    LiveAttempt.Held pods =
                            held(random.nextInt(5) == 0 ? null : "node-" + random.nextInt(90), each, 1 + h);
                    held.add(random.nextInt(6) == 0 ? pods.leavingFor(null) : pods);
                }
                if (random.nextInt(4) == 0) {
                    editor.remove(new JobId("j%06d".formatted(number)));
                } else {
                    editor.put(attempt(number, held));
                }
            }
            tables.add(LivingTable.of(editor.freeze()));
        }
        tables.forEach(LivingTableTest::holdsWhatTheyHold);
    }

    @Test
    void of_a_chunk_that_changed_only_the_attempts_that_changed_are_written_again() {
        for (int i = 0; i < 200; i++) {
            editor.put(attempt(i, List.of(held("node-" + i, "cpu 1", 1))));
        }
        LivingTable before = LivingTable.of(editor.freeze());
        editor.put(attempt(7, List.of(held("node-0", "cpu 2", 2))));
        LivingTable after = LivingTable.of(editor.freeze());

        assertThat(after.chunk(0).held()[6]).isSameAs(before.chunk(0).held()[6]);
        assertThat(after.chunk(0).held()[7]).isNotSameAs(before.chunk(0).held()[7]);
    }

    @Test
    void numbers_of_what_is_gone_are_given_up() {
        LivingTable table = LivingTable.of(editor.freeze());
        for (int i = 0; i < 60_000; i++) {
            editor.put(attempt(1, List.of(held("node-" + i, "cpu 1", 1))));
            table = LivingTable.of(editor.freeze());
            assertThat(table.nodeCount).isLessThan(51_000);
        }
        holdsWhatTheyHold(table);
    }
}
