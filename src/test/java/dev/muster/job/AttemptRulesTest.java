package dev.muster.job;

import static dev.muster.job.Given.at;
import static dev.muster.job.Given.driverAndWorkers;
import static dev.muster.job.Given.failure;
import static dev.muster.job.Given.workers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.RoleName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ends of pods make of an attempt, and what its clock does. */
class AttemptRulesTest {
    @Test
    void a_running_attempt_that_the_cluster_does_not_know_is_the_platforms_failure() {
        Verdict verdict = AttemptRules.verdict(
                workers(1).spec(), AttemptState.RUNNING, new AttemptClock(Given.LAUNCH, at(10), null), null, at(20));
        assertThat(failure(verdict).category()).isEqualTo(Category.PLATFORM);
    }

    @Test
    void without_a_leader_every_pod_must_succeed() {
        Given given = workers(2).succeeded("worker", 1, 20);
        assertThat(given.running("worker", 1).whileRunning(30)).isEqualTo(new Verdict.Unchanged());
        assertThat(workers(2)
                        .succeeded("worker", 1, 20)
                        .succeeded("worker", 1, 25)
                        .whileRunning(30))
                .isEqualTo(new Verdict.Succeeded(at(10), at(25)));
    }

    @Test
    void the_success_of_the_leader_ends_the_attempt() {
        assertThat(driverAndWorkers()
                        .succeeded("driver", 1, 20)
                        .running("worker", 1)
                        .running("worker", 1)
                        .whileRunning(21))
                .isEqualTo(new Verdict.Succeeded(at(10), at(20)));
    }

    @Test
    void the_success_of_the_others_does_not_end_an_attempt_with_a_leader() {
        assertThat(driverAndWorkers()
                        .running("driver", 1)
                        .succeeded("worker", 1, 15)
                        .succeeded("worker", 1, 15)
                        .whileRunning(21))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void the_failure_of_the_leader_fails_the_attempt() {
        Verdict verdict = driverAndWorkers()
                .exited("driver", 3, 1, 20)
                .running("worker", 1)
                .running("worker", 1)
                .whileRunning(21);
        assertThat(failure(verdict))
                .isEqualTo(
                        new Failure(Category.USER_ERROR, new RoleName("driver"), 3, "role driver pod 0 exited with 3"));
    }

    @ParameterizedTest
    @CsvSource({"19, false", "20, true", "21, true"})
    void a_worker_that_fails_before_its_leader_is_done_fails_the_attempt_and_a_later_one_does_not(
            long workerFailsAt, boolean succeeds) {
        Verdict verdict = driverAndWorkers()
                .succeeded("driver", 1, 20)
                .running("worker", 1)
                .exited("worker", 1, 1, workerFailsAt)
                .whileRunning(30);
        assertThat(verdict instanceof Verdict.Succeeded).isEqualTo(succeeds);
    }

    @Test
    void the_first_pod_that_fails_is_the_one_that_is_named() {
        Verdict verdict = workers(3)
                .exited("worker", 1, 1, 30)
                .exited("worker", 137, 1, 20)
                .running("worker", 1)
                .whileRunning(31);
        assertThat(failure(verdict).message()).isEqualTo("role worker pod 1 exited with 137 (SIGKILL)");
        assertThat(((Verdict.Failed) verdict).endedAt()).isEqualTo(at(20));
    }

    @Test
    void tolerated_failures_do_not_fail_the_attempt_and_one_more_does() {
        Given one =
                workers(3).tolerating("worker", 1).exited("worker", 1, 1, 20).running("worker", 1);
        assertThat(one.running("worker", 1).whileRunning(30)).isEqualTo(new Verdict.Unchanged());
        Given two =
                workers(3).tolerating("worker", 1).exited("worker", 1, 1, 20).exited("worker", 2, 1, 25);
        assertThat(failure(two.running("worker", 1).whileRunning(30)).message())
                .isEqualTo("role worker pod 1 exited with 2");
    }

    @Test
    void an_attempt_succeeds_with_failures_that_are_tolerated() {
        assertThat(workers(2)
                        .tolerating("worker", 1)
                        .exited("worker", 1, 1, 20)
                        .succeeded("worker", 1, 25)
                        .whileRunning(30))
                .isEqualTo(new Verdict.Succeeded(at(10), at(25)));
    }

    @Test
    void a_role_never_tolerates_the_failure_of_all_its_pods() {
        Verdict verdict = workers(2)
                .tolerating("worker", 5)
                .exited("worker", 1, 1, 20)
                .exited("worker", 1, 1, 25)
                .whileRunning(30);
        assertThat(failure(verdict).message()).isEqualTo("role worker pod 1 exited with 1");
    }

    @Test
    void a_failed_elastic_pod_fails_nothing() {
        assertThat(new Given()
                        .role("worker", 1, 2)
                        .running("worker", 1)
                        .exited("worker", 1, 1, 20)
                        .whileRunning(30))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void an_attempt_ends_at_its_longest_run_time() {
        Given given = workers(1).maxRunTime(30).running("worker", 10);
        assertThat(given.whileRunning(39)).isEqualTo(new Verdict.Unchanged());
        assertThat(given.whileRunning(40))
                .isEqualTo(new Verdict.Failed(
                        new Failure(Category.TIMEOUT, null, null, "it ran for its maxRunTime of 30s"), at(10), at(40)));
    }

    @Test
    void a_success_in_the_instant_of_the_longest_run_time_is_a_success() {
        assertThat(workers(1).maxRunTime(30).succeeded("worker", 10, 40).whileRunning(40))
                .isEqualTo(new Verdict.Succeeded(at(10), at(40)));
    }

    @ParameterizedTest
    @EnumSource(
            value = AttemptState.class,
            names = {"RELEASING", "ENDED"})
    void an_attempt_that_releases_or_ended_is_left_alone(AttemptState state) {
        Given given = workers(1).exited("worker", 1, 1, 2);
        assertThat(AttemptRules.verdict(
                        given.spec(), state, new AttemptClock(Given.LAUNCH, at(1), null), given.seen(), at(500)))
                .isEqualTo(new Verdict.Unchanged());
    }

    @ParameterizedTest
    @CsvSource({
        "EXITED, USER_ERROR",
        "OOM_KILLED, OOM",
        "JVM_OOM, OOM",
        "UNCAUGHT, USER_ERROR",
        "UNREACHABLE, USER_ERROR",
        "DISK_FULL, DISK_FULL",
        "SCRATCH_FAILED, DISK_FULL",
        "IMAGE, IMAGE",
        "CONFIG, CONFIG",
        "SPOT_INTERRUPTED, SPOT_INTERRUPTED",
        "DECOMMISSIONED, SPOT_INTERRUPTED",
        "NODE_LOST, NODE_LOST",
        "PREEMPTED, PREEMPTED",
        "RELEASED, PLATFORM",
        "DISMISSED, PLATFORM",
        "OTHER, PLATFORM"
    })
    void the_end_of_a_pod_gives_the_category(PodEnd cause, Category category) {
        Verdict verdict = workers(1).failed("worker", cause, 1L, 20).whileRunning(30);
        assertThat(failure(verdict).category()).isEqualTo(category);
        assertThat(failure(verdict).message()).startsWith("role worker pod 0 ");
    }

    @Test
    void every_end_of_a_pod_is_in_the_table_above() {
        assertThat(PodEnd.values()).hasSize(16);
    }

    @Test
    void a_pod_that_failed_with_an_exit_code_for_an_unknown_cause_is_the_users() {
        assertThat(failure(workers(1)
                                .pod("worker", PodPhase.FAILED, 1L, 20L, 2, PodEnd.OTHER)
                                .whileRunning(30))
                        .category())
                .isEqualTo(Category.USER_ERROR);
    }

    @Test
    void deadlines_are_the_launchs_the_run_times_and_the_recoverys() {
        JobSpec limited = workers(1).maxRunTime(100).spec();
        AttemptClock running = new AttemptClock(Given.LAUNCH, at(10), null);
        AttemptClock recovering = new AttemptClock(Given.LAUNCH, at(10), at(20));
        assertThat(AttemptRules.deadline(limited, AttemptState.LAUNCHING, new AttemptClock(Given.LAUNCH, null, null)))
                .isEqualTo(at(60));
        assertThat(AttemptRules.deadline(limited, AttemptState.RUNNING, running))
                .isEqualTo(at(110));
        assertThat(AttemptRules.deadline(limited, AttemptState.RECOVERING, recovering))
                .isEqualTo(at(80));
        assertThat(AttemptRules.deadline(workers(1).spec(), AttemptState.RUNNING, running))
                .isNull();
        assertThat(AttemptRules.deadline(limited, AttemptState.RELEASING, running))
                .isNull();
    }
}
