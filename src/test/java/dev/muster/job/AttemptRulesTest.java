package dev.muster.job;

import static dev.muster.job.Given.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptRulesTest {
    @Test
    void an_attempt_has_started_when_the_containers_of_every_gang_pod_have() {
        assertThat(workers(2).running("worker", 3).running("worker", 5).whileLaunching(6))
                .isEqualTo(new Verdict.Started(at(5)));
    }

    @Test
    void a_gang_with_one_pod_pending_has_not_started() {
        assertThat(workers(2).running("worker", 3).pending("worker").whileLaunching(6))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void a_pod_that_succeeded_before_the_last_one_started_counts_towards_the_gang() {
        assertThat(workers(2).succeeded("worker", 1, 2).running("worker", 5).whileLaunching(6))
                .isEqualTo(new Verdict.Started(at(5)));
    }

    @Test
    void a_leader_that_makes_the_others_may_be_done_before_the_last_of_them_has_started() {
        Given spark = new Given().leader("driver").madeByLeader("executor", 3);
        assertThat(spark.succeeded("driver", 2, 5).running("executor", 4).whileLaunching(6))
                .isEqualTo(new Verdict.Succeeded(at(2), at(5)));
        Given waits = new Given().leader("driver").madeByLeader("executor", 3);
        assertThat(waits.running("driver", 2).running("executor", 4).whileLaunching(6))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void executors_that_fail_are_made_good_by_their_leader_and_fail_nothing() {
        Given spark = new Given().leader("driver").madeByLeader("executor", 2);
        assertThat(spark.running("driver", 2)
                        .exited("executor", 52, 4, 15)
                        .exited("executor", 52, 4, 15)
                        .whileRunning(16))
                .isInstanceOf(Verdict.Recovering.class);
    }

    @Test
    void executors_that_spark_may_do_without_are_missed_only_while_it_asks_for_them() {
        assertThat(atWill().running("driver", 2).exited("executor", 0, 4, 15).whileRunning(16))
                .as("it has let the last one go")
                .isEqualTo(new Verdict.Unchanged());
        assertThat(atWill().running("driver", 2).pending("executor").whileRunning(16))
                .as("it asks for one")
                .isInstanceOf(Verdict.Recovering.class);
        assertThat(atWill().running("driver", 2).whileLaunching(6))
                .as("it has not started without one")
                .isEqualTo(new Verdict.Unchanged());
        Given needed = new Given().leader("driver").madeByLeader("executor", 1);
        assertThat(needed.running("driver", 2).exited("executor", 1, 4, 15).whileRunning(16))
                .isInstanceOf(Verdict.Recovering.class);
    }

    private static Given atWill() {
        return new Given().leader("driver").madeByLeader("executor", 1, PodTemplate.LEADER_AT_WILL);
    }

    @Test
    void of_the_pods_whose_node_goes_those_are_missed_that_no_other_stands_in_for() {
        Set<NodeName> all = Set.of(new NodeName("node-7"));
        assertThat(missed(all, workers(2).running("worker", 3).running("worker", 5)))
                .containsExactly(0, 1);
        assertThat(missed(Set.of(), workers(2).running("worker", 3).running("worker", 5)))
                .isEmpty();
        assertThat(missed(all, workers(2).running("worker", 3).pending("worker")))
                .as("one that waits needs a node anyway")
                .containsExactly(0);
        assertThat(missed(
                        all,
                        new Given().role("worker", 1, 3).running("worker", 2).succeeded("worker", 2, 4)))
                .as("one above the minimum stays")
                .isEmpty();
    }

    private static List<Integer> missed(Set<NodeName> going, Given given) {
        return AttemptRules.missedWithout(going, given.spec(), given.seen()).stream()
                .map(pod -> pod.pod().index())
                .toList();
    }

    @Test
    void elastic_pods_are_not_waited_for() {
        assertThat(new Given()
                        .role("worker", 1, 3)
                        .running("worker", 2)
                        .pending("worker")
                        .whileLaunching(6))
                .isEqualTo(new Verdict.Started(at(2)));
    }

    @Test
    void a_gang_whose_pods_are_not_all_made_yet_has_not_started() {
        assertThat(workers(3).running("worker", 1).running("worker", 1).whileLaunching(6))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void a_gang_that_is_not_started_at_its_deadline_fails_with_what_the_scheduler_says() {
        Given given = workers(2).pending("worker").pending("worker").schedulerSays("3 nodes are full");
        assertThat(given.whileLaunching(59)).isEqualTo(new Verdict.Unchanged());
        assertThat(given.whileLaunching(60))
                .isEqualTo(new Verdict.Failed(
                        new Failure(
                                Category.LAUNCH_TIMEOUT,
                                null,
                                null,
                                "the gang did not start within 1m: 3 nodes are full"),
                        null,
                        at(60)));
    }

    @Test
    void a_gang_whose_nodes_are_refused_does_not_wait_for_its_deadline() {
        JobSpec spec = workers(2).spec();
        AttemptClock clock = new AttemptClock(Given.LAUNCH, null, null, at(600));
        GangStatus waits = workers(2).pending("worker").seen();
        assertThat(AttemptRules.verdict(spec, AttemptState.LAUNCHING, clock, waits, at(20)))
                .isEqualTo(new Verdict.Unchanged());
        GangStatus refused = waits.refused("NotTriggerScaleUp: max size reached");
        assertThat(failure(AttemptRules.verdict(spec, AttemptState.LAUNCHING, clock, refused, at(20))))
                .isEqualTo(
                        new Failure(
                                Category.CAPACITY,
                                null,
                                null,
                                "nodes that it asked for were refused, 1 of 2 pods had a node: NotTriggerScaleUp: max size reached"));
        GangStatus runs =
                workers(2).running("worker", 5).running("worker", 6).seen().refused("late word");
        assertThat(AttemptRules.verdict(spec, AttemptState.LAUNCHING, clock, runs, at(20)))
                .as("a word about a pod that has its node by now")
                .isEqualTo(new Verdict.Started(at(6)));
    }

    @Test
    void a_launch_that_never_reached_the_cluster_is_late_at_its_deadline_and_not_before() {
        AttemptClock clock = new AttemptClock(Given.LAUNCH, null, null);
        JobSpec spec = workers(1).spec();
        assertThat(AttemptRules.verdict(spec, AttemptState.LAUNCHING, clock, null, at(59)))
                .isEqualTo(new Verdict.Unchanged());
        assertThat(failure(AttemptRules.verdict(spec, AttemptState.LAUNCHING, clock, null, at(60)))
                        .category())
                .isEqualTo(Category.LAUNCH_TIMEOUT);
    }

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
    void a_gang_that_started_and_ended_between_two_looks_has_succeeded() {
        assertThat(workers(1).succeeded("worker", 2, 4).whileLaunching(6))
                .isEqualTo(new Verdict.Succeeded(at(2), at(4)));
    }

    @Test
    void a_gang_that_started_and_failed_between_two_looks_tells_when_it_had_started() {
        assertThat(workers(1).exited("worker", 1, 2, 4).whileLaunching(6))
                .isEqualTo(new Verdict.Failed(
                        new Failure(Category.USER_ERROR, new RoleName("worker"), 1, "role worker pod 0 exited with 1"),
                        at(2),
                        at(4)));
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
    void a_lost_gang_pod_that_nothing_replaces_is_released_at_once_for_the_platforms_retries() {
        Verdict verdict = workers(2).running("worker", 1).lost("worker", 1, 20).whileRunning(21);
        assertThat(failure(verdict))
                .isEqualTo(new Failure(
                        Category.NODE_LOST, new RoleName("worker"), null, "role worker pod 1 lost its node node-7"));
    }

    @Test
    void a_lost_pod_that_an_elastic_one_stands_in_for_is_no_harm() {
        assertThat(new Given()
                        .role("worker", 1, 2)
                        .lost("worker", 1, 20)
                        .running("worker", 1)
                        .whileRunning(21))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void lost_pods_are_awaited_again_where_the_gang_goes_on_with_others() {
        Given given = workers(3).replacingLostPods();
        given.running("worker", 3).lost("worker", 3, 15).lost("worker", 3, 16);
        assertThat(given.whileRunning(20))
                .isEqualTo(new Verdict.Recovering(
                        at(20), "role worker has 1 of 3 pods; its lost pods are made again: 1 on node-7, 2 on node-7"));
        assertThat(given.whileRecovering(79)).isEqualTo(new Verdict.Unchanged());
        assertThat(given.whileRecovering(80)).isInstanceOf(Verdict.Failed.class);
        assertThat(AttemptRules.toReplace(given.spec(), AttemptState.RECOVERING, given.seen()))
                .extracting(PodRef::index)
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void a_gang_that_has_not_started_or_has_lost_its_leader_starts_anew() {
        assertThat(workers(2)
                        .replacingLostPods()
                        .running("worker", 3)
                        .lost("worker", 3, 5)
                        .whileLaunching(6))
                .isInstanceOf(Verdict.Failed.class);
        Given headless = new Given().leader("head").role("worker", 1, 1).replacingLostPods();
        assertThat(headless.lost("head", 3, 15).running("worker", 3).whileRunning(20))
                .isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void a_gang_of_which_a_pod_was_lost_after_another_succeeded_has_not_succeeded() {
        assertThat(workers(2).succeeded("worker", 3, 15).lost("worker", 3, 16).whileRunning(20))
                .isInstanceOf(Verdict.Failed.class);
        assertThat(workers(2)
                        .succeeded("worker", 3, 15)
                        .exited("worker", 1, 3, 16)
                        .whileRunning(20))
                .isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void a_lost_pod_is_tolerated_as_a_failed_one() {
        assertThat(workers(2)
                        .tolerating("worker", 1)
                        .lost("worker", 1, 20)
                        .running("worker", 1)
                        .whileRunning(21))
                .isEqualTo(new Verdict.Unchanged());
    }

    @Test
    void an_attempt_below_its_minimum_recovers_while_a_pod_is_on_its_way() {
        Given given = new Given()
                .role("worker", 2, 3)
                .running("worker", 1)
                .lost("worker", 1, 20)
                .pending("worker");
        assertThat(given.whileRunning(21)).isEqualTo(new Verdict.Recovering(at(21), "role worker has 1 of 2 pods"));
        assertThat(given.whileRecovering(79)).isEqualTo(new Verdict.Unchanged());
        assertThat(failure(given.whileRecovering(80)))
                .isEqualTo(new Failure(
                        Category.NODE_LOST,
                        null,
                        null,
                        "role worker has 1 of 2 pods and was not whole again within 1m"));
    }

    @Test
    void an_attempt_that_is_whole_again_has_recovered() {
        assertThat(new Given()
                        .role("worker", 2, 3)
                        .running("worker", 1)
                        .lost("worker", 1, 20)
                        .running("worker", 30)
                        .whileRecovering(31))
                .isEqualTo(new Verdict.Recovered());
    }

    @Test
    void pods_that_succeeded_count_towards_the_minimum() {
        assertThat(driverAndWorkers()
                        .running("driver", 1)
                        .succeeded("worker", 1, 12)
                        .running("worker", 1)
                        .whileRunning(21))
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

    @Test
    void an_attempt_that_was_not_looked_at_since_its_launch_and_ran_too_long_is_late_at_once() {
        assertThat(failure(workers(1).maxRunTime(30).running("worker", 10).whileLaunching(100))
                        .category())
                .isEqualTo(Category.TIMEOUT);
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
    void an_image_that_cannot_be_had_fails_the_launch_before_its_deadline() {
        Verdict verdict = workers(2)
                .failed("worker", PodEnd.IMAGE, null, 5)
                .pending("worker")
                .whileLaunching(6);
        assertThat(verdict)
                .isEqualTo(new Verdict.Failed(
                        new Failure(
                                Category.IMAGE,
                                new RoleName("worker"),
                                null,
                                "role worker pod 0 could not start: its image could not be had"),
                        null,
                        at(5)));
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

    private static Given workers(int count) {
        return new Given().role("worker", count, count);
    }

    private static Given driverAndWorkers() {
        return new Given().leader("driver").role("worker", 2, 2);
    }

    private static Failure failure(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        return ((Verdict.Failed) verdict).failure();
    }
}
