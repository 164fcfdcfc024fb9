package dev.muster.job;

import static dev.muster.job.Given.at;
import static dev.muster.job.Given.driverAndWorkers;
import static dev.muster.job.Given.failure;
import static dev.muster.job.Given.workers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of an attempt that loses pods, or is about to: it starts anew, recovers, or goes on. */
class LostPodsTest {
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
}
