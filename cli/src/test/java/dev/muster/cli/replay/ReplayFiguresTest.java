package dev.muster.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.JobStatus;
import dev.muster.api.Metadata;
import dev.muster.api.RoleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayFiguresTest {
    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");

    private static Job job(int pods, long queued, long started, long finished) {
        RoleSpec role = new RoleSpec(
                "worker",
                pods,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("cpu", "1"),
                null,
                null,
                null,
                null);
        JobSpec spec = new JobSpec(null, null, List.of(role), null, null, null, null, null, null, null, null);
        JobStatus status = new JobStatus("SUCCEEDED", null, 1, null, ZERO, at(queued), at(started), at(finished), null);
        return new Job(Job.KIND, Metadata.named("x"), spec, status);
    }

    private static Instant at(long second) {
        return ZERO.plusSeconds(second);
    }

    @Test
    void a_wait_is_from_queued_to_started_and_percentiles_are_real_waits() {
        Figures figures = new Figures();
        for (int wait = 1; wait <= 20; wait++) {
            figures.add(job(1, 100, 100 + wait, 200));
        }

        assertThat(figures.meanWait()).isEqualTo(Duration.ofMillis(10_500));
        assertThat(figures.wait(50)).isEqualTo(Duration.ofSeconds(10));
        assertThat(figures.wait(95)).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void utilisation_is_held_room_of_all_room_from_first_arrival_to_last_end() {
        Figures figures = new Figures();
        figures.add(job(4, 0, 0, 50));
        figures.add(job(2, 0, 50, 100));

        assertThat(figures.makespan()).isEqualTo(Duration.ofSeconds(100));
        assertThat(figures.utilisation(4)).isEqualTo(0.75);
    }

    @Test
    void nothing_at_all_gives_zeros() {
        Figures none = new Figures();

        assertThat(none.utilisation(10)).isZero();
        assertThat(none.wait(95)).isEqualTo(Duration.ZERO);
    }
}
