package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final List<List<Ask>> ASKS =
            List.of(List.of(Situation.ask("worker", 1, "cpu 1")), List.of(Situation.ask("worker", 2, "cpu 1")));

    private static PendingJob job(Random random) {
        return new PendingJob(
                new JobId("j" + random.nextInt(300)),
                new QueueName("q" + random.nextInt(3)),
                random.nextInt(2),
                Situation.NOON.minusSeconds(random.nextInt(4)),
                ASKS.get(random.nextInt(2)),
                random.nextInt(9) == 0 ? Map.of(new PoolName("p"), Situation.NOON) : Map.of());
    }

    /** The jobs of each kind that has some, in their order, and what is told of the first. */
    private static Map<Integer, List<PendingJob>> told(@Nullable Kinds kinds) {
        assertThat(kinds).isNotNull();
        Map<Integer, List<PendingJob>> told = new HashMap<>();
        for (int kind = 0; kind < kinds.count(); kind++) {
            List<PendingJob> jobs = new ArrayList<>();
            for (int at = 0; at < kinds.size(kind); at++) {
                jobs.add(kinds.job(kind, at));
            }
            assertThat(kinds.first()[kind]).isSameAs(jobs.isEmpty() ? null : jobs.get(0));
            if (!jobs.isEmpty()) {
                assertThat(kinds.keys()[kind]).isEqualTo(JobOrder.key(jobs.get(0)));
                assertThat(kinds.lots()[kind]).isEqualTo(Lots.of(jobs.get(0)));
                told.put(kind, jobs);
            }
        }
        return told;
    }

    private static Map<Integer, List<PendingJob>> sorted(Roster<PendingJob> jobs) {
        WaitingTable table = WaitingTable.of(jobs);
        Map<Integer, List<PendingJob>> sorted = new HashMap<>();
        for (int c = 0; c < table.chunks(); c++) {
            for (int at = 0; at < table.chunk(c).size(); at++) {
                PendingJob job = table.chunk(c).job(at);
                if (job.notIn().isEmpty()) {
                    sorted.computeIfAbsent(table.chunk(c).kinds()[at], kind -> new ArrayList<>())
                            .add(job);
                }
            }
        }
        sorted.values().forEach(jobsOfKind -> jobsOfKind.sort(JobOrder.OF_TAKERS));
        return sorted;
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void they_follow_what_comes_goes_and_changes(@ForAll long seed) {
        Random random = new Random(seed);
        RosterEditor<PendingJob> editor = RosterEditor.ofWaiting();
        Kinds kinds = null;
        for (int round = 0; round < 8; round++) {
            for (int i = random.nextInt(random.nextInt(2) == 0 ? 5 : 400); i > 0; i--) {
                PendingJob job = job(random);
                if (random.nextInt(3) == 0) {
                    editor.remove(job.id());
                } else {
                    editor.put(job);
                }
            }
            Roster<PendingJob> jobs = editor.freeze();
            kinds = Kinds.of(jobs, kinds);
            assertThat(told(kinds)).isEqualTo(sorted(jobs));
        }
    }

    @Test
    void a_list_in_no_order_has_none() {
        Random random = new Random(1);
        List<PendingJob> jobs = new ArrayList<>();
        while (jobs.size() < 2 || jobs.get(0).id().compareTo(jobs.get(1).id()) < 0) {
            jobs.add(0, job(random));
        }
        assertThat(Kinds.of(Roster.ofWaiting(jobs), null)).isNull();
    }
}
