package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.QueueState;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobPlaceTest {
    /** The example of docs/planner.md. */
    private static Situation threeQueues() {
        return given().pool("a", 5, "cpu 4")
                .queue("research", null, "", "cpu 8", null, 2, QueueState.OPEN)
                .queue("etl", null, "", "cpu 4", null)
                .queue("adhoc")
                .running("r0", "research", "a-0", 1, "cpu 2")
                .running("e0", "etl", "a-1", 1, "cpu 3")
                .pending("r1", "research", 1, "cpu 4")
                .pending("r2", "research", 1, "cpu 4")
                .pending("e1", "etl", 2, ask("worker", 1, "cpu 1"))
                .pending("e2", "etl", 10, ask("worker", 1, "cpu 2"))
                .pending("a1", "adhoc", 1, "cpu 1")
                .pending("a2", "adhoc", 1, "cpu 1");
    }

    private static String told(Share share) {
        return "%s %s %.3f %s"
                .formatted(share.queue(), share.within() ? "within" : "above", share.value(), share.largest());
    }

    @Test
    void a_job_s_place_is_told_part_by_part() {
        Situation situation = threeQueues().settings(PlanSettings.DEFAULT.with(new PlanSettings.Aging(2, 100)));
        situation.now = Situation.NOON.plus(Duration.ofHours(3));

        JobPlace e1 = JobPlaces.in(situation.snapshot()).of(new JobId("e1")).orElseThrow();

        assertThat(e1.shares()).extracting(JobPlaceTest::told).containsExactly("etl within 1.000 cpu");
        assertThat(e1.order()).isEqualTo(new JobOrder(2, 6));
        assertThat(e1.age()).isCloseTo(Duration.ofHours(4), Duration.ofMinutes(1));
        assertThat(List.of(e1.inQueue(), e1.ofQueue())).containsExactly(2, 2);
        assertThat(JobPlaces.in(situation.snapshot()).of(new JobId("nobody"))).isEmpty();
    }

    @Test
    void every_level_of_the_tree_has_its_share() {
        Situation situation = given().pool("a", 4, "cpu 4")
                .queue("org", null, "", "cpu 8", null)
                .queue("team", "org", "", "", null)
                .running("old", "team", "a-0", 1, "cpu 2")
                .pending("j", "team", 1, "cpu 2");

        assertThat(JobPlaces.in(situation.snapshot())
                        .of(new JobId("j"))
                        .orElseThrow()
                        .shares())
                .extracting(JobPlaceTest::told)
                .containsExactly("org within 0.500 cpu", "team above 0.250 cpu");
    }

    @Test
    void the_example_of_the_page_is_what_the_planner_does() {
        Situation situation = threeQueues();
        JobPlaces places = JobPlaces.in(situation.snapshot());

        assertThat(List.of("r1", "e2", "a1").stream()
                        .map(job -> told(
                                places.of(new JobId(job)).orElseThrow().shares().get(0)))
                        .toList())
                .containsExactly("research within 0.750 cpu", "etl above 0.050 cpu", "adhoc above 0.050 cpu");
        assertThat(situation.whenPlanned().launches()).containsExactly("r1", "r2", "e2", "a1", "e1", "a2");
    }

    @Test
    void the_first_in_turn_are_those_that_the_planner_would_start_first() {
        Situation situation = threeQueues();

        assertThat(JobPlaces.in(situation.snapshot())
                        .first(4, job -> !job.id().value().equals("a1"))
                        .stream()
                        .map(job -> job.id().value())
                        .collect(Collectors.toList()))
                .containsExactly("r1", "r2", "e2", "a2");
    }

    @Test
    void what_nobody_deserves_goes_by_weight_and_supply() {
        Situation situation = given().pool("a", 5, "cpu 4")
                .queue("heavy", null, "", "", null, 4, QueueState.OPEN)
                .pending("h", "heavy", 1, "cpu 4");

        Share share = JobPlaces.in(situation.snapshot())
                .of(new JobId("h"))
                .orElseThrow()
                .shares()
                .get(0);
        assertThat(share.value()).isCloseTo(4.0 / (4 * 20), within(1e-9));
    }
}
