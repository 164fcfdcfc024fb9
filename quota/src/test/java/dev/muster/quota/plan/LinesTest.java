package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.NOON;
import static dev.muster.quota.plan.Situation.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.PodShape;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final GangShape SHAPE = new GangShape(new RoleName[0], new PodShape[0], new int[0], false, 0);
    /** Many are equal in the number that most often decides, and some lie beyond what it can say. */
    private static final List<Instant> SINCE = List.of(
            Instant.parse("1900-01-01T00:00:00Z"),
            Instant.EPOCH,
            NOON.minusSeconds(7200),
            NOON.minusMillis(500),
            NOON.minusMillis(400),
            NOON,
            NOON.plusSeconds(5),
            Instant.parse("2107-01-01T00:00:00Z"),
            Instant.parse("2150-01-01T00:00:00Z"));

    private static final int[] PRIORITIES = {Integer.MIN_VALUE, -1, 0, 1, 2, 100, Integer.MAX_VALUE};

    private static Entry entry(int queue, String id, int priority, Instant since) {
        PendingJob job = new PendingJob(
                new JobId(id),
                new QueueName("q" + queue),
                priority,
                since,
                List.of(ask("worker", 1, "cpu 1")),
                Map.of());
        return new Entry(job, new Group(queue, SHAPE, new long[0], job));
    }

    private static Lines lines(int queues, List<Entry> entries, PlanSettings.Aging aging) {
        return new Lines(JobOrder.insideAQueue(NOON, aging), queues, entries);
    }

    @Test
    void a_queue_without_jobs_is_empty_and_has_no_first() {
        Lines none = lines(2, List.of(), PlanSettings.Aging.NONE);
        assertThat(none.isEmpty(0)).isTrue();
        assertThat(none.first(1)).isNull();
        assertThat(none.all()).isEmpty();
    }

    @Test
    void who_goes_leaves_the_other_queues_alone() {
        Entry a = entry(0, "a", 1, NOON);
        Entry b = entry(2, "b", 1, NOON);
        Entry c = entry(2, "c", 9, NOON);
        Lines lines = lines(3, List.of(b, a, c), PlanSettings.Aging.NONE);
        assertThat(lines.first(2)).isSameAs(c);
        lines.removeFirst(0);
        assertThat(lines.isEmpty(0)).isTrue();
        assertThat(lines.first(2)).isSameAs(c);
        lines.removeFirst(2);
        assertThat(lines.all()).containsExactly(b);
    }

    @Test
    void of_those_that_are_equal_in_all_the_one_that_came_first_goes_first() {
        List<Entry> equal = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            equal.add(entry(0, "same", 1, NOON));
        }
        Lines lines = lines(1, equal, PlanSettings.Aging.NONE);
        for (Entry next : equal) {
            assertThat(lines.first(0)).isSameAs(next);
            lines.removeFirst(0);
        }
    }

    @Test
    void each_queue_comes_in_the_order_in_which_it_would_be_sorted() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int queues = 1 + random.nextInt(4);
            PlanSettings.Aging aging =
                    random.nextBoolean() ? PlanSettings.Aging.NONE : new PlanSettings.Aging(1, 1 + random.nextInt(3));
            List<Entry> entries = new ArrayList<>();
            List<List<Entry>> naive = new ArrayList<>();
            for (int q = 0; q < queues; q++) {
                naive.add(new ArrayList<>());
            }
            for (int i = random.nextInt(50); i > 0; i--) {
                int queue = random.nextInt(queues);
                Entry entry = entry(
                        queue,
                        "j" + random.nextInt(1000),
                        PRIORITIES[random.nextInt(PRIORITIES.length)],
                        SINCE.get(random.nextInt(SINCE.size())));
                entries.add(entry);
                naive.get(queue).add(entry);
            }
            JobOrder.Inside order = JobOrder.insideAQueue(NOON, aging);
            naive.forEach(line -> line.sort((a, b) -> order.compare(a.job(), b.job())));
            Lines lines = lines(queues, entries, aging);
            while (naive.stream().anyMatch(line -> !line.isEmpty())) {
                assertThat(lines.all())
                        .containsExactlyInAnyOrderElementsOf(
                                naive.stream().flatMap(List::stream).toList());
                int queue = random.nextInt(queues);
                assertThat(lines.isEmpty(queue)).isEqualTo(naive.get(queue).isEmpty());
                if (!lines.isEmpty(queue)) {
                    assertThat(lines.first(queue))
                            .as("queue %d with seed %d", queue, seed)
                            .isSameAs(naive.get(queue).remove(0));
                    lines.removeFirst(queue);
                }
            }
            assertThat(lines.all()).isEmpty();
        }
    }
}
