package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.PodShape;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final PendingJob SAMPLE =
            given().pending("sample", "all", 1, "cpu 1").pending.get(0);
    private static final GangShape SHAPE = new GangShape(new RoleName[0], new PodShape[0], new int[0], false, 0);

    private record Job(int queue, int shape) {}

    /** How a census was made: the first of every group, and each job's group. */
    private record Result(List<Integer> founders, Group[] groups) {}

    private static Group someGroup() {
        return new Group(0, SHAPE, new long[0], SAMPLE);
    }

    private static Result census(List<Job> jobs, int shapes, Group[] groups) {
        Census census = new Census(jobs.size());
        jobs.forEach(job -> census.note(job.queue(), job.shape()));
        List<Integer> founders = new ArrayList<>();
        census.group(groups, shapes, (at, shape) -> {
            assertThat(jobs.get(at).shape()).isEqualTo(shape);
            founders.add(at);
            return someGroup();
        });
        return new Result(founders, groups);
    }

    @Test
    void of_nobody_there_are_no_groups() {
        assertThat(census(List.of(), 0, new Group[0]).founders()).isEmpty();
        assertThat(census(List.of(), 5, new Group[0]).founders()).isEmpty();
    }

    @Test
    void who_belongs_to_no_group_of_equal_ones_keeps_what_stands_at_its_place() {
        Group own = someGroup();
        Result result = census(List.of(new Job(0, Census.NONE), new Job(9, Census.NONE)), 0, new Group[] {own, null});
        assertThat(result.founders()).isEmpty();
        assertThat(result.groups()).containsExactly(own, null);
    }

    @Test
    void equal_jobs_of_a_queue_are_together_and_no_others_whatever_way_is_taken() {
        int atOnce = 0;
        int queueAfterQueue = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int queues = 1 + random.nextInt(6);
            int shapes = 1 + random.nextInt(6);
            List<Job> jobs = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                jobs.add(new Job(random.nextInt(queues), random.nextInt(shapes + 1) - 1));
            }
            if (queues * shapes <= jobs.size()) {
                atOnce++;
            } else {
                queueAfterQueue++;
            }

            Result result = census(jobs, shapes, new Group[jobs.size()]);

            Map<Job, Integer> first = new HashMap<>();
            for (int at = 0; at < jobs.size(); at++) {
                Job job = jobs.get(at);
                if (job.shape() == Census.NONE) {
                    assertThat(result.groups()[at]).isNull();
                } else {
                    first.putIfAbsent(job, at);
                    assertThat(result.groups()[at])
                            .as("job %d with seed %d", at, seed)
                            .isNotNull()
                            .isSameAs(result.groups()[first.get(job)]);
                }
            }
            assertThat(result.founders()).containsExactlyInAnyOrderElementsOf(first.values());
            // A group has no equals of its own: the same object counts once.
            assertThat(new HashSet<>(first.values().stream()
                            .map(at -> result.groups()[at])
                            .toList()))
                    .as("groups with seed %d", seed)
                    .hasSize(first.size());
        }
        assertThat(atOnce).isGreaterThan(20);
        assertThat(queueAfterQueue).isGreaterThan(20);
    }
}
