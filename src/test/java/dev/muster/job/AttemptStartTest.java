package dev.muster.job;

import static dev.muster.job.Given.at;
import static dev.muster.job.Given.failure;
import static dev.muster.job.Given.workers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.quota.name.RoleName;
import org.junit.jupiter.api.Test;

/** When an attempt has started, and when it is too late for that. */
class AttemptStartTest {
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
                .isEqualTo(new Failure(
                        Category.CAPACITY,
                        null,
                        null,
                        "nodes that it asked for were refused, 1 of 2 pods had a node: NotTriggerScaleUp: max"
                                + " size reached"));
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
    void an_attempt_that_was_not_looked_at_since_its_launch_and_ran_too_long_is_late_at_once() {
        assertThat(failure(workers(1).maxRunTime(30).running("worker", 10).whileLaunching(100))
                        .category())
                .isEqualTo(Category.TIMEOUT);
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
}
