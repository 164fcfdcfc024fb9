package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingTableTest {
    private final RosterEditor<PendingJob> editor = RosterEditor.ofWaiting();

    private static PendingJob job(int number, String queue, List<Ask> roles) {
        return new PendingJob(
                new JobId("j%06d".formatted(number)), new QueueName(queue), 2, Situation.NOON, roles, Map.of());
    }

    private WaitingTable table() {
        return WaitingTable.of(editor.freeze());
    }

    private static long amount(Wants wants, int want, String resource) {
        return wants.amounts[wants.firstRow[want] * wants.stride + wants.resources.indexOf(resource)];
    }

    @Test
    void equal_jobs_have_equal_numbers_and_others_have_others() {
        List<Ask> roles = List.of(ask("worker", 3, "cpu 1, memory 2"));
        editor.put(job(1, "a", roles));
        editor.put(job(2, "a", roles));
        editor.put(job(3, "b", List.of(ask("worker", 4, "cpu 5"), ask("driver", 1, "gpu 1"))));

        WaitingTable table = table();
        WaitingTable.Chunk chunk = table.chunk(0);
        assertThat(chunk.want(0)).isEqualTo(chunk.want(1)).isNotEqualTo(chunk.want(2));
        assertThat(chunk.queues()[0]).isEqualTo(chunk.queues()[1]).isNotEqualTo(chunk.queues()[2]);
        assertThat(table.wants.roles(chunk.want(0))).isEqualTo(1);
        assertThat(table.wants.roles(chunk.want(2))).isEqualTo(2);
        assertThat(amount(table.wants, chunk.want(0), "cpu")).isEqualTo(1000);
        assertThat(amount(table.wants, chunk.want(0), "memory")).isEqualTo(2);
        assertThat(amount(table.wants, chunk.want(2), "cpu")).isEqualTo(5000);
        assertThat(amount(table.wants, chunk.want(2), "memory")).isEqualTo(Wants.UNSAID);
    }

    @Test
    void who_asks_the_same_by_another_list_is_of_the_same_kind_in_the_same_queue_only() {
        editor.put(job(1, "a", List.of(ask("worker", 3, "cpu 1"))));
        editor.put(job(2, "a", List.of(ask("worker", 3, "cpu 1"))));
        editor.put(job(3, "b", List.of(ask("worker", 3, "cpu 1"))));
        editor.put(job(4, "a", List.of(ask("worker", 4, "cpu 1"))));

        WaitingTable table = table();
        int[] kinds = table.chunk(0).kinds();
        assertThat(kinds[0]).isEqualTo(kinds[1]).isNotEqualTo(kinds[2]).isNotEqualTo(kinds[3]);
        assertThat(table.wants.kindCount).isEqualTo(3);
        assertThat(table.wants.kindWant[kinds[0]]).isEqualTo(table.wants.kindWant[kinds[2]]);
        assertThat(table.wants.kindQueue[kinds[0]]).isEqualTo(table.wants.kindQueue[kinds[3]]);
    }

    @Test
    void a_job_in_backoff_is_marked() {
        editor.put(job(1, "a", List.of(ask("worker", 1, "cpu 1"))));
        editor.put(new PendingJob(
                new JobId("j000002"),
                new QueueName("a"),
                2,
                Situation.NOON,
                List.of(ask("worker", 1, "cpu 1")),
                Map.of(new PoolName("p"), Situation.NOON)));

        WaitingTable.Chunk chunk = table().chunk(0);
        assertThat(chunk.anySpecial()).isTrue();
        assertThat(chunk.wants()[0]).isNotNegative();
        assertThat(chunk.wants()[1]).isNegative().isEqualTo(~chunk.want(1));
    }

    @Test
    void what_was_frozen_says_the_same_however_many_jobs_queues_and_resources_come_later() {
        editor.put(job(0, "a", List.of(ask("worker", 3, "cpu 1"))));
        WaitingTable first = table();
        for (int i = 1; i < 900; i++) {
            editor.put(job(i, "q" + i, List.of(ask("worker", i, "cpu %d, r%d 7".formatted(i, i % 30)))));
        }
        WaitingTable then = table();

        assertThat(first.wants.count).isEqualTo(1);
        assertThat(first.wants.resources).containsExactly("cpu");
        assertThat(amount(first.wants, 0, "cpu")).isEqualTo(1000);
        assertThat(then.wants.source).isSameAs(first.wants.source);
        assertThat(then.wants.count).isEqualTo(900);
        for (int c = 0; c < then.chunks(); c++) {
            for (int i = 0; i < then.chunk(c).size(); i++) {
                PendingJob job = then.chunk(c).job(i);
                int want = then.chunk(c).want(i);
                Ask role = job.roles().get(0);
                assertThat(then.wants.queues[then.chunk(c).queues()[i]]).isEqualTo(job.queue());
                assertThat(then.wants.minimum[then.wants.firstRow[want]]).isEqualTo(role.minimum());
                role.pod().each((name, amount) -> assertThat(amount(then.wants, want, name))
                        .isEqualTo(amount));
            }
        }
    }

    @Test
    void what_is_unchanged_is_not_written_again_and_numbers_of_those_who_left_are_given_up() {
        for (int i = 0; i < 1_000; i++) {
            editor.put(job(i, "a", List.of(ask("worker", 1, "cpu 1"))));
        }
        WaitingTable before = table();
        editor.put(job(2_000, "a", List.of(ask("worker", 1, "cpu 1"))));
        WaitingTable after = table();
        assertThat(after.chunk(0)).isSameAs(before.chunk(0));

        for (int round = 0; after.wants.source == before.wants.source; round++) {
            assertThat(round).isLessThan(10_000);
            editor.put(job(2_000, "a", List.of(ask("worker", 1, "cpu 1"))));
            after = table();
        }
        assertThat(after.wants.count).isEqualTo(1);
    }
}
