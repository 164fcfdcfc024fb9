package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.steering.Steering;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OnVirtualTime.class)
class SteeringTest {
    @Inject
    Site site;

    @Inject
    Steering steering;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        site.run();
        assertThat(site.live()).isEmpty();
    }

    @Test
    void a_waiting_job_is_cancelled_at_once() {
        Job job = site.submit(Work.gang("unwanted", 4));
        Job cancelled = steering.cancel("ada", job.id(), job.version());
        assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
        assertThat(cancelled.outcome()).isEqualTo(Outcome.of(Outcome.Result.CANCELLED));
        assertThat(site.job(job)).isEqualTo(cancelled);
    }

    @Test
    void a_running_job_is_cancelled_once_its_last_pod_is_gone() {
        Job job = site.submit(
                Work.gang("unwanted", 4).runningFor(Duration.ofHours(1)).annotated("stop-time", "20s"));
        site.runFor(Duration.ofMinutes(1));
        Instant asked = site.now();
        assertThat(steering.cancel("ada", job.id(), null).state()).isEqualTo(JobState.CANCELLING);
        site.runFor(Duration.ofSeconds(19));
        assertThat(site.job(job).state()).isEqualTo(JobState.CANCELLING);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(attempt.state())
                .isEqualTo(AttemptState.RELEASING));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(site.job(job).finishedAt()).isEqualTo(asked.plusSeconds(20));
        assertThat(site.states(job)).containsExactly("QUEUED", "LAUNCHING", "RUNNING", "CANCELLING", "CANCELLED");
    }

    @Test
    void the_room_of_a_cancelled_job_is_held_until_its_last_pod_is_gone() {
        Job hog =
                site.submit(Work.gang("hog", 8).runningFor(Duration.ofHours(1)).annotated("stop-time", "20s"));
        Job next = site.submit(Work.gang("next", 1));
        site.runFor(Duration.ofMinutes(1));
        Instant asked = site.now();
        steering.cancel("ada", hog.id(), null);
        site.run();
        assertThat(site.job(next).startedAt()).isEqualTo(asked.plusSeconds(20));
    }

    @Test
    void a_running_job_is_suspended_and_resumed_as_a_new_attempt() {
        Job job = site.submit(Work.gang("patient", 4).runningFor(Duration.ofMinutes(10)));
        site.runFor(Duration.ofMinutes(1));
        assertThat(steering.suspend("ada", job.id(), null).state()).isEqualTo(JobState.SUSPENDING);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUSPENDED);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(attempt.outcome())
                .isEqualTo(Outcome.of(Outcome.Result.SUSPENDED)));
        assertThat(steering.resume("ada", job.id(), null).state()).isEqualTo(JobState.QUEUED);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(2);
        assertThat(site.job(job).userRetriesSpent()).isZero();
        assertThat(site.job(job).platformRetriesSpent()).isZero();
    }

    @Test
    void a_running_job_that_is_requeued_begins_anew_and_spends_nothing() {
        Job job = site.submit(
                Work.gang("again", 4).runningFor(Duration.ofMinutes(10)).annotated("stop-time", "20s"));
        site.runFor(Duration.ofMinutes(1));
        Instant asked = site.now();
        Job waiting = steering.requeue("ada", job.id(), null, "wrong data");
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(steering.requeue("ada", job.id(), null, "wrong data")).isEqualTo(site.job(job));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(2);
        assertThat(site.attempts(job).get(1).createdAt())
                .as("its pods are gone first")
                .isAfterOrEqualTo(asked.plusSeconds(20));
        assertThat(site.job(job).userRetriesSpent()).isZero();
        assertThat(site.job(job).platformRetriesSpent()).isZero();
        assertThat(site.states(job))
                .containsExactly("QUEUED", "LAUNCHING", "RUNNING", "QUEUED", "LAUNCHING", "RUNNING", "SUCCEEDED");
        assertThatThrownBy(() -> steering.requeue("ada", job.id(), null, "once more"))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.hints()).containsExactly("Possible now: rerun"));
    }

    @Test
    void a_suspended_job_does_not_start() {
        Job job = site.submit(Work.gang("patient", 1));
        steering.suspend("ada", job.id(), null);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUSPENDED);
        assertThat(site.attempts(job)).isEmpty();
    }

    @Test
    void what_is_so_already_is_not_done_again() {
        Job job = site.submit(Work.gang("unwanted", 1));
        Job cancelled = steering.cancel("ada", job.id(), null);
        assertThat(steering.cancel("ada", job.id(), null)).isEqualTo(cancelled);
        assertThat(site.states(job)).containsExactly("QUEUED", "CANCELLED");
    }

    @Test
    void an_old_version_is_refused_and_nothing_changes() {
        Job job = site.submit(Work.gang("patient", 1));
        Job suspended = steering.suspend("ada", job.id(), null);
        assertThatThrownBy(() -> steering.cancel("bob", job.id(), job.version()))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.code()).isEqualTo(Code.ETAG_MISMATCH));
        assertThat(site.job(job)).isEqualTo(suspended);
    }

    @Test
    void what_a_state_does_not_allow_is_refused_with_what_it_does() {
        Job job = site.submit(Work.gang("done", 1));
        site.run();
        assertThatThrownBy(() -> steering.resume("ada", job.id(), null))
                .isInstanceOfSatisfying(MusterException.class, e -> {
                    assertThat(e.code()).isEqualTo(Code.INVALID_STATE);
                    assertThat(e.hints()).containsExactly("Possible now: rerun");
                });
        assertThatThrownBy(() -> steering.cancel("ada", job.id(), null))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_STATE));
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_job_that_is_not_there_is_not_found() {
        assertThatThrownBy(() -> steering.suspend("ada", new JobId("00000000000000000000000000"), null))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
    }
}
