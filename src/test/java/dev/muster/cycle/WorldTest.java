package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ExternalRef;
import dev.muster.job.Attempt;
import dev.muster.job.Backoff;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.PendingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PoolName POOL = new PoolName("cpu");

    private final World world = new World();

    @Test
    void a_queued_job_waits_for_the_planner_and_the_same_job_is_the_same_object() {
        Job job = Work.gang("train", 2).submittedAt(NOW);
        world.put(job, NOW);
        PendingJob first = world.pending().get(0);
        world.put(job, NOW.plusSeconds(1));
        assertThat(world.pending()).singleElement().isSameAs(first);
    }

    @Test
    void jobs_created_past_muster_never_fall_back_from_spot_nodes() {
        ExternalRef past = new ExternalRef(ExternalRef.Kind.JOB, "default", "made-by-hand", "uid-1");
        Job own = Work.gang("own", 2).onSpotFirst().submittedAt(NOW);
        Job external = Work.gang("external", 2).onSpotFirst().standingFor(past).submittedAt(NOW);
        world.put(own, NOW);
        world.put(external, NOW);
        assertThat(world.spotFirst()).containsExactly(own);
    }

    @Test
    void what_the_database_said_earlier_does_not_undo_what_is_known() {
        Job job = Work.gang("train", 2).submittedAt(NOW);
        Job suspended = job.to(JobState.SUSPENDED);
        world.put(suspended, NOW);
        world.put(job, NOW);
        assertThat(world.job(job.id())).contains(suspended);
        assertThat(world.pending()).isEmpty();
    }

    @Test
    void a_job_with_a_later_start_is_due_then_and_waits_from_then_on() {
        Instant start = NOW.plusSeconds(60);
        Job job = Work.gang("later", 1).notBefore(start).submittedAt(NOW);
        world.put(job, NOW);
        assertThat(world.pending()).isEmpty();
        assertThat(world.takeLater()).containsExactly(job.id());
        assertThat(world.nextDue()).contains(start);
        assertThat(world.due(start)).containsExactly(job.id());
        assertThat(world.pending()).hasSize(1);
        assertThat(world.nextDue()).isEmpty();
    }

    @Test
    void a_launched_job_holds_its_room_as_promised_until_its_attempt_has_ended() {
        Job launching = Work.gang("train", 3).submittedAt(NOW).launching();
        Attempt attempt = attempt(launching);
        world.load(launching, attempt, null, NOW);
        assertThat(world.pending()).isEmpty();
        assertThat(world.live())
                .singleElement()
                .satisfies(live -> assertThat(live.pods()).singleElement().satisfies(held -> {
                    assertThat(held.count()).isEqualTo(3);
                    assertThat(held.node()).isNull();
                }));
        assertThat(world.nextDue()).contains(attempt.deadline());
    }

    @Test
    void a_job_that_is_queued_again_waits_only_when_its_last_attempt_has_ended() {
        Job launching = Work.gang("train", 3).submittedAt(NOW).launching();
        Attempt attempt = attempt(launching);
        world.load(launching, attempt, null, NOW);
        world.put(launching.requeued(NOW, Category.PLATFORM, Map.of()), NOW);
        Attempt releasing = attempt.releasing(Outcome.of(Outcome.Result.EVICTED), List.of());
        world.put(releasing, null, NOW);
        assertThat(world.pending()).isEmpty();
        assertThat(world.live()).hasSize(1);
        world.put(releasing.ended(NOW), null, NOW);
        assertThat(world.pending()).hasSize(1);
        assertThat(world.live()).isEmpty();
    }

    @Test
    void the_end_of_a_back_off_is_due() {
        Job launching = Work.gang("train", 3).submittedAt(NOW).launching();
        Instant until = NOW.plusSeconds(30);
        world.put(launching.requeued(NOW, Category.LAUNCH_TIMEOUT, Map.of(POOL, new Backoff(1, until))), NOW);
        assertThat(world.pending()).singleElement().satisfies(pending -> assertThat(pending.notIn())
                .containsEntry(POOL, until));
        assertThat(world.nextDue()).contains(until);
        assertThat(world.due(until)).hasSize(1);
    }

    @Test
    void the_end_of_patience_in_the_queue_is_due() {
        world.put(Work.gang("impatient", 1).waitingAtMost(Duration.ofMinutes(5)).submittedAt(NOW), NOW);
        assertThat(world.nextDue()).contains(NOW.plusSeconds(300));
    }

    @Test
    void a_final_job_is_forgotten_once_it_holds_nothing() {
        Job running = Work.gang("train", 3).submittedAt(NOW).launching().running(NOW);
        Attempt attempt = attempt(running).running(NOW, null, List.of());
        world.load(running, attempt, null, NOW);
        world.put(running.finished(JobState.SUCCEEDED, NOW, Outcome.SUCCEEDED), NOW);
        assertThat(world.job(running.id())).isPresent();
        Attempt releasing = attempt.releasing(Outcome.SUCCEEDED, List.of());
        world.put(releasing, null, NOW);
        world.put(releasing.ended(NOW), null, NOW);
        assertThat(world.job(running.id())).isEmpty();
        assertThat(world.nextDue()).isEmpty();
    }

    @Test
    void every_change_is_another_version_and_no_change_is_not() {
        long before = world.version();
        world.put(Work.gang("train", 1).submittedAt(NOW), NOW);
        long after = world.version();
        assertThat(after).isGreaterThan(before);
        assertThat(world.due(NOW)).isEmpty();
        assertThat(world.version()).isEqualTo(after);
    }

    private static Attempt attempt(Job job) {
        return Attempt.launching(
                new AttemptId(job.id(), 1), Map.of(new RoleName("worker"), Map.of(POOL, 3)), NOW, NOW.plusSeconds(600));
    }
}
