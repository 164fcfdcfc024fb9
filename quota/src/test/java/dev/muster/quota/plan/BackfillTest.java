package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackfillTest {
    /** Two nodes of three are busy until in an hour; a gang wants all three. */
    private static Situation oneNodeFree() {
        return given().pool("a", 3, "cpu 4")
                .queue("etl")
                .running("r1", "etl", "a-0", 1, "cpu 4")
                .running("r2", "etl", "a-1", 1, "cpu 4")
                .endsIn("r1", Duration.ofMinutes(30))
                .endsIn("r2", Duration.ofHours(1))
                .pending("big", "etl", 3, "cpu 4");
    }

    @Test
    void a_later_job_that_ends_in_time_passes() {
        var planned = oneNodeFree()
                .pending("short", "etl", 1, "cpu 4")
                .traits("short", traits -> traits.withRunTime(Duration.ofMinutes(60)))
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("short");
        assertThat(planned.plan().passed()).containsExactly(new JobId("big"));
    }

    @Test
    void one_that_would_delay_the_first_waits_and_is_told_when_that_is_expected_to_start() {
        var planned = oneNodeFree()
                .pending("long", "etl", 1, "cpu 4")
                .traits("long", traits -> traits.withRunTime(Duration.ofMinutes(61)))
                .pending("unknown", "etl", 1, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).isEmpty();
        assertThat(planned.code("long")).isEqualTo(ReasonCode.BEHIND_RESERVATION);
        assertThat(planned.code("unknown")).isEqualTo(ReasonCode.BEHIND_RESERVATION);
        assertThat(planned.message("long"))
                .isEqualTo("would delay job big, which is expected to start at 2026-01-01T13:00:00Z");
    }

    @Test
    void one_that_fits_beside_the_reservation_passes_however_long_it_runs() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("etl")
                .running("r1", "etl", "a-0", 1, "cpu 4")
                .endsIn("r1", Duration.ofHours(1))
                .pending("big", "etl", 3, "cpu 3")
                .pending("beside", "etl", 2, "cpu 1")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("beside");
    }

    @Test
    void nobody_is_held_back_where_nobody_knows_when_room_comes() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("etl")
                .running("r1", "etl", "a-0", 1, "cpu 4")
                .pending("big", "etl", 3, "cpu 4")
                .pending("later", "etl", 2, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("later");
        assertThat(planned.plan().passed()).containsExactly(new JobId("big"));
    }

    @Test
    void nodes_are_drained_for_a_job_that_was_passed_too_often() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("etl")
                .running("r1", "etl", "a-0", 1, "cpu 4")
                .pending("big", "etl", 3, "cpu 4")
                .traits("big", traits -> traits.withPassed(5))
                .pending("later", "etl", 1, "cpu 4")
                .traits("later", traits -> traits.withRunTime(Duration.ofSeconds(1)))
                .settings(PlanSettings.DEFAULT.with(new PlanSettings.Backfill(1, 5)))
                .whenPlanned();

        assertThat(planned.launches()).isEmpty();
        assertThat(planned.message("later"))
                .isEqualTo("job big was passed 5 times: nodes are kept for it until it starts");
    }

    @Test
    void without_depth_nothing_is_reserved() {
        var planned = oneNodeFree()
                .pending("long", "etl", 1, "cpu 4")
                .settings(PlanSettings.DEFAULT.with(new PlanSettings.Backfill(0, 5)))
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("long");
    }

    @Test
    void a_job_that_waits_for_quota_reserves_no_nodes() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("full", null, "", "", "cpu 8")
                .queue("other")
                .running("r1", "full", "a-0", 1, "cpu 4")
                .endsIn("r1", Duration.ofHours(1))
                .pending("quota", "full", 2, "cpu 4")
                .pending("other-job", "other", 2, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("other-job");
    }

    @Test
    void a_job_that_can_never_run_reserves_nothing() {
        var planned = oneNodeFree()
                .pending("first", "etl", 1, "cpu 4")
                .traits("first", traits -> traits.withPassed(1000))
                .queue("huge")
                .pending("never", "huge", 1, "cpu 5")
                .whenPlanned();

        assertThat(planned.code("never")).isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
        assertThat(planned.code("first")).isEqualTo(ReasonCode.BEHIND_RESERVATION);
    }
}
