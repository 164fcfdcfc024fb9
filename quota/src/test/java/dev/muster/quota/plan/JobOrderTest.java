package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.NOON;
import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobOrderTest {
    @Test
    void a_priority_is_taken_apart_into_class_and_aging_up_to_its_cap() {
        PendingJob job = given().pending("old", "etl", 2, ask("worker", 1, "cpu 1"))
                .pending
                .get(0);

        assertThat(JobOrder.of(job, NOON.plus(Duration.ofHours(3)), new PlanSettings.Aging(2, 100)))
                .isEqualTo(new JobOrder(2, 8));
        assertThat(JobOrder.of(job, NOON.plus(Duration.ofDays(30)), new PlanSettings.Aging(2, 50))
                        .priority())
                .isEqualTo(52);
        assertThat(JobOrder.of(job, NOON.plus(Duration.ofDays(30)), PlanSettings.Aging.NONE)
                        .priority())
                .isEqualTo(2);
    }

    @Test
    void who_waited_long_overtakes_a_higher_class_only_with_aging() {
        Situation two = given().pool("a", 1, "cpu 2")
                .queue("etl")
                .pending("old", "etl", 2, ask("worker", 1, "cpu 1"))
                .pending("young", "etl", 10, ask("worker", 1, "cpu 1"));
        two.pending.replaceAll(job -> job.id().value().equals("old")
                ? new PendingJob(
                        job.id(), job.queue(), job.priority(), NOON.minus(Duration.ofHours(20)), job.roles(), Map.of())
                : job);

        assertThat(two.whenPlanned().launches()).containsExactly("young", "old");
        assertThat(two.settings(PlanSettings.DEFAULT.with(new PlanSettings.Aging(1, 50)))
                        .whenPlanned()
                        .launches())
                .containsExactly("old", "young");
    }

    @Test
    void a_queue_that_used_much_of_late_comes_after_one_that_did_not() {
        Situation two = given().pool("a", 1, "cpu 2")
                .queue("busy")
                .queue("calm")
                .pending("b", "busy", 1, "cpu 1")
                .pending("c", "calm", 1, "cpu 1");
        Snapshot now = two.snapshot();
        Snapshot withHistory = now.with(Map.of(new QueueName("busy"), Resources.of("cpu", 5000)));

        assertThat(two.whenPlanned().launches()).containsExactly("b", "c");
        assertThat(new Planner().plan(withHistory).launches())
                .extracting(launch -> launch.job().value())
                .containsExactly("c", "b");
    }

    @Test
    void use_decays_by_half_in_a_half_life_whatever_the_steps() {
        Resources two = Resources.of("cpu", 2000);
        Duration half = Duration.ofHours(168);
        Resources use = Resources.NONE;
        for (int i = 0; i < 3; i++) {
            use = DecayedUse.after(use, two, half, half);
        }
        assertThat(use).isEqualTo(Resources.of("cpu", 1750));

        Resources often = Resources.NONE;
        for (int i = 0; i < 168; i++) {
            often = DecayedUse.after(often, two, Duration.ofHours(1), half);
        }
        assertThat(often.amount("cpu")).isBetween(940L, 1060L);
        assertThat(DecayedUse.after(two, Resources.NONE, Duration.ofSeconds(1), Duration.ZERO))
                .isEqualTo(Resources.NONE);
    }
}
