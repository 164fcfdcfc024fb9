package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.simulation.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a leader makes of what an earlier one has left. A run of the virtual time begins as a leader begins. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class RecoveryTest {
    @Inject
    Site site;

    @Inject
    JobStore jobs;

    @Inject
    AttemptStore attempts;

    @Inject
    SimulatedCluster cluster;

    @Inject
    Board board;

    @Inject
    Commit commit;

    @Inject
    Leader leader;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
        site.run();
    }

    @Test
    void an_intent_that_the_cluster_never_heard_of_is_launched_and_counts_as_one_attempt() {
        Job job = intended(Work.gang("intended", 4));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(1);
    }

    @Test
    void a_launch_that_the_cluster_has_heard_of_is_not_launched_again() {
        Job job = intended(Work.gang("heard", 4));
        cluster.launch(Gangs.of(job, attempts.of(job.id()).get(0)));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(1);
    }

    @Test
    void a_job_whose_pods_the_cluster_has_forgotten_is_launched_anew_at_the_platforms_cost() {
        Job job = intended(Work.gang("forgotten", 4));
        Attempt launched = attempts.of(job.id()).get(0);
        attempts.move(new AttemptMove(
                job, launched, launched.running(site.now(), null, List.of()), site.now(), Steps.ACTOR, null));
        jobs.move(new JobMove(job, job.running(site.now()), site.now(), Steps.ACTOR, null));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(after.platformRetriesSpent()).isEqualTo(1);
        assertThat(site.attempts(job)).hasSize(2);
    }

    @Test
    void a_job_that_was_cancelled_before_its_launch_was_told_is_never_launched() {
        Job job = intended(Work.gang("unwanted", 4));
        jobs.move(new JobMove(job, job.to(JobState.CANCELLING), site.now(), "ada", null));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(attempt.pods())
                .isEmpty());
    }

    @Test
    void a_lost_node_costs_the_platform_a_retry() {
        Job job = site.submit(Work.gang("unlucky", 8));
        site.runFor(Duration.ofSeconds(10));
        cluster.nodeLost(new NodeName("cpu-1"));
        site.runFor(Duration.ofSeconds(1));
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(job).platformRetriesSpent()).isEqualTo(1);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(
                        attempt.outcome().failure().category())
                .isEqualTo(Category.NODE_LOST));
        cluster.nodeReady(new NodeName("cpu-1"));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void lost_pods_are_made_again_and_the_attempt_goes_on_when_it_is_whole() {
        Job job = site.submit(
                Work.gang("goes-on", 8).runningFor(Duration.ofMinutes(5)).replacingLostPods());
        site.runFor(Duration.ofSeconds(10));
        cluster.nodeLost(new NodeName("cpu-1"));
        site.runFor(Duration.ofSeconds(1));
        Attempt below = site.attempts(job).get(0);
        assertThat(below.state()).isEqualTo(AttemptState.RECOVERING);
        assertThat(cluster.status(below.id()).orElseThrow().pods())
                .extracting(PodStatus::phase)
                .containsOnly(PodPhase.RUNNING, PodPhase.PENDING);
        cluster.nodeReady(new NodeName("cpu-1"));
        site.runFor(Duration.ofSeconds(1));
        assertThat(site.attempts(job).get(0).state()).isEqualTo(AttemptState.RUNNING);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.job(job).platformRetriesSpent()).isZero();
        assertThat(site.attempts(job)).hasSize(1);
    }

    @Test
    void one_that_is_not_whole_again_in_time_is_released_whole_at_the_platforms_cost() {
        Job job = site.submit(
                Work.gang("too-late", 8).runningFor(Duration.ofHours(1)).replacingLostPods());
        site.runFor(Duration.ofSeconds(10));
        cluster.nodeLost(new NodeName("cpu-1"));
        site.runFor(Duration.ofMinutes(9));
        assertThat(site.attempts(job)).extracting(Attempt::state).containsExactly(AttemptState.RECOVERING);
        site.runFor(Duration.ofMinutes(2));
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(job).platformRetriesSpent()).isEqualTo(1);
        assertThat(cluster.attempts()).isEmpty();
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(
                        attempt.outcome().failure().category())
                .isEqualTo(Category.NODE_LOST));
        cluster.nodeReady(new NodeName("cpu-1"));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void ended_attempts_that_the_cluster_still_has_are_swept() {
        AttemptId left = leftover(Work.gang("left", 1));
        site.run();
        assertThat(cluster.attempts()).doesNotContain(left);
    }

    @Test
    void more_than_five_ended_attempts_at_once_wait_for_an_operator() {
        List<AttemptId> left = IntStream.range(0, 6)
                .mapToObj(i -> leftover(Work.gang("left-" + i, 1)))
                .toList();
        site.run();
        assertThat(cluster.attempts()).containsAll(left);
        assertThat(board.status().sweepWaits()).isEqualTo(6);
        left.forEach(cluster::release);
        site.run();
        assertThat(board.status().sweepWaits()).isZero();
    }

    @Test
    void attempts_that_the_database_does_not_know_are_set_aside_and_left_alone() {
        Job stranger = Work.gang("stranger", 1).submittedAt(site.now()).launching();
        Attempt attempt = attempt(stranger);
        cluster.launch(Gangs.of(stranger, attempt));
        site.run();
        assertThat(cluster.attempts()).contains(attempt.id());
        assertThat(board.status().setAside()).isEqualTo(1);
        cluster.release(attempt.id());
        site.run();
        assertThat(board.status().setAside()).isZero();
    }

    @Test
    void a_leader_that_was_replaced_writes_nothing() {
        Job job = site.submit(Work.gang("fenced", 1));
        Step step = Steps.expired(job, site.now());
        assertThatThrownBy(() -> commit.make(leader.epoch() - 1, List.of(step), made -> {}))
                .isInstanceOf(Leadership.Lost.class);
        assertThat(site.job(job)).isEqualTo(job);
        site.run();
    }

    /** A launch that was committed before its leader died. */
    private Job intended(Work work) {
        Job job = site.submit(work);
        Job launching = job.launching();
        jobs.move(new JobMove(job, launching, site.now(), Steps.ACTOR, null));
        attempts.insert(List.of(attempt(launching)));
        return launching;
    }

    /** An attempt that has ended here and that the cluster still has. */
    private AttemptId leftover(Work work) {
        Job job = intended(work);
        Attempt attempt = attempts.of(job.id()).get(0);
        Attempt releasing = attempt.releasing(Outcome.of(Outcome.Result.CANCELLED), List.of());
        attempts.move(new AttemptMove(job, attempt, releasing, site.now(), Steps.ACTOR, null));
        attempts.move(new AttemptMove(job, releasing, releasing.ended(site.now()), site.now(), Steps.ACTOR, null));
        Job cancelling = job.to(JobState.CANCELLING);
        jobs.move(new JobMove(job, cancelling, site.now(), Steps.ACTOR, null));
        Job cancelled = cancelling.finished(JobState.CANCELLED, site.now(), Outcome.of(Outcome.Result.CANCELLED));
        jobs.move(new JobMove(cancelling, cancelled, site.now(), Steps.ACTOR, null));
        cluster.launch(Gangs.of(job, attempt));
        return attempt.id();
    }

    private Attempt attempt(Job job) {
        return Attempt.launching(
                new AttemptId(job.id(), 1),
                Map.of(
                        new RoleName("worker"),
                        Map.of(new PoolName("cpu"), job.spec().roles().get(0).minimum())),
                site.now(),
                site.now().plusSeconds(600));
    }
}
