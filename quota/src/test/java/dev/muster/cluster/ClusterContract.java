package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link Cluster} keeps. An implementation extends this and says how to make nodes and let time pass. */
public abstract class ClusterContract {
    /** Pods of this life go on until they are released. */
    protected static final Life FOREVER = new Life(Duration.ofDays(300), 0);

    /** Nodes of one pool that the test asks for. */
    protected record Room(
            String pool,
            int nodes,
            Resources allocatable,
            Map<String, String> labels,
            List<Taint> taints,
            int maxPods) {}

    /** How long a pod's command runs and with what it ends. */
    protected record Life(Duration runTime, int exitCode) {}

    /** A cluster that has these nodes and no others, and nothing running; once a test. */
    protected abstract Cluster cluster(List<Room> rooms);

    /** The template, changed so that its pods live so in this cluster. */
    protected abstract PodTemplate living(PodTemplate template, Life life);

    /** Lets time pass until the condition holds; fails when it does not in a time that is long for this cluster. */
    protected abstract void until(BooleanSupplier condition);

    /** Lets the cluster do everything that it would do now, such as some turns of its scheduler. */
    protected abstract void settle();

    /** Makes the node vanish for good, or refuses the test by an assumption where this cluster's cannot. */
    protected abstract void lose(NodeName node);

    @Test
    void a_gang_that_fits_runs_whole() {
        Cluster cluster = cluster(List.of(room("blue", 2, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(2), FOREVER, "blue", 4)));
        until(() -> running(cluster, 1) == 4);
        assertThat(pods(cluster, 1)).extracting(PodStatus::pool).containsOnly(new PoolName("blue"));
        assertThat(pods(cluster, 1)).allSatisfy(pod -> {
            assertThat(pod.startedAt()).isNotNull();
            assertThat(pod.endedAt()).isNull();
            assertThat(pod.exitCode()).isNull();
            assertThat(pod.cause()).isNull();
        });
    }

    @Test
    void launching_twice_starts_one_gang() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 2));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 2);
        List<PodStatus> before = pods(cluster, 1);
        cluster.launch(gang);
        settle();
        assertThat(pods(cluster, 1)).isEqualTo(before);
        assertThat(cluster.attempts()).containsExactly(attempt(1));
    }

    @Test
    void a_gang_that_is_moved_goes_on_with_its_pods_and_is_counted_in_its_new_queue() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 2));
        QueueName other = new QueueName("other");
        Gang moved = new Gang(
                gang.id(), gang.jobName(), gang.team(), other, gang.priorityClass(), gang.grace(), gang.members());
        cluster.move(moved);
        assertThat(cluster.attempts()).isEmpty();
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 2);
        List<PodStatus> before = pods(cluster, 1);

        cluster.move(moved);
        cluster.move(moved);

        // A cluster that does not count by queue says none.
        until(() -> cluster.status(attempt(1))
                .map(status -> status.queue() == null || status.queue().equals(other))
                .orElse(false));
        assertThat(pods(cluster, 1)).isEqualTo(before);
    }

    @Test
    void pods_are_named_by_attempt_role_and_number() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(
                gang(1, member("driver", cpu(1), FOREVER, "blue", 1), member("worker", cpu(1), FOREVER, "blue", 2)));
        until(() -> running(cluster, 1) == 3);
        assertThat(pods(cluster, 1))
                .extracting(pod -> pod.pod().toString())
                .containsExactlyInAnyOrder("job1-1-driver-0", "job1-1-worker-0", "job1-1-worker-1");
    }

    @Test
    void no_pod_starts_where_the_gang_does_not_fit() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 5)));
        settle();
        assertThat(pods(cluster, 1)).hasSize(5).extracting(PodStatus::phase).containsOnly(PodPhase.PENDING);
        assertThat(pods(cluster, 1)).extracting(PodStatus::node).containsOnlyNulls();
        until(() -> !cluster.status(attempt(1)).orElseThrow().message().isEmpty());
    }

    @Test
    void room_for_the_wrong_mix_of_roles_starts_nobody() {
        // Three workers would fit, and three pods are the gang's number; the driver does not.
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(3))));
        cluster.launch(
                gang(1, member("driver", cpu(2), FOREVER, "blue", 1), member("worker", cpu(1), FOREVER, "blue", 2)));
        settle();
        assertThat(pods(cluster, 1)).hasSize(3).extracting(PodStatus::phase).containsOnly(PodPhase.PENDING);
    }

    @Test
    void room_for_one_role_only_starts_nobody() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(3)), room("red", 1, cpu(1))));
        cluster.launch(
                gang(1, member("driver", cpu(2), FOREVER, "red", 1), member("worker", cpu(1), FOREVER, "blue", 3)));
        settle();
        assertThat(pods(cluster, 1)).hasSize(4).extracting(PodStatus::phase).containsOnly(PodPhase.PENDING);
    }

    @Test
    void a_gang_waits_until_all_its_members_fit() {
        Cluster cluster = cluster(List.of(room("blue", 2, cpu(2))));
        cluster.launch(gang(1, member("worker", cpu(2), FOREVER, "blue", 1)));
        cluster.launch(gang(2, member("worker", cpu(2), FOREVER, "blue", 2)));
        until(() -> running(cluster, 1) == 1);
        settle();
        assertThat(pods(cluster, 2)).extracting(PodStatus::phase).containsOnly(PodPhase.PENDING);
        cluster.release(attempt(1));
        until(() -> running(cluster, 2) == 2);
    }

    @Test
    void a_gang_that_waits_does_not_hold_back_one_that_fits() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(2))));
        cluster.launch(gang(1, member("worker", cpu(3), FOREVER, "blue", 1)));
        cluster.launch(gang(2, member("worker", cpu(2), FOREVER, "blue", 1)));
        until(() -> running(cluster, 2) == 1);
        assertThat(running(cluster, 1)).isZero();
    }

    @Test
    void the_room_of_a_gang_that_ended_goes_to_the_next() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(2))));
        cluster.launch(gang(1, member("worker", cpu(2), new Life(Duration.ofMillis(300), 0), "blue", 1)));
        cluster.launch(gang(2, member("worker", cpu(2), FOREVER, "blue", 1)));
        until(() -> running(cluster, 2) == 1);
        assertThat(pods(cluster, 1)).extracting(PodStatus::phase).containsOnly(PodPhase.SUCCEEDED);
    }

    @Test
    void pods_that_end_well_have_succeeded_and_stay_known() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(200), 0), "blue", 2)));
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.SUCCEEDED)));
        settle();
        assertThat(pods(cluster, 1)).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.exitCode()).isZero();
            assertThat(pod.cause()).isEqualTo(PodEnd.EXITED);
            assertThat(pod.node()).isNotNull();
            assertThat(pod.startedAt()).isNotNull();
            assertThat(pod.endedAt()).isAfterOrEqualTo(pod.startedAt());
        });
        assertThat(cluster.attempts()).containsExactly(attempt(1));
    }

    @Test
    void a_pod_that_fails_says_with_what() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(
                1,
                member("driver", cpu(1), FOREVER, "blue", 1),
                member("worker", cpu(1), new Life(Duration.ofMillis(200), 7), "blue", 1)));
        until(() -> phases(cluster, 1).contains(PodPhase.FAILED));
        PodStatus failed = pods(cluster, 1).stream()
                .filter(pod -> pod.phase() == PodPhase.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(failed.pod().role()).isEqualTo(new RoleName("worker"));
        assertThat(failed.exitCode()).isEqualTo(7);
        assertThat(failed.cause()).isEqualTo(PodEnd.EXITED);
        assertThat(running(cluster, 1)).as("one failed pod ends nobody else").isEqualTo(1);
    }

    @Test
    void launching_an_attempt_whose_pods_have_ended_runs_nothing_again() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(200), 0), "blue", 1));
        cluster.launch(gang);
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.SUCCEEDED)));
        List<PodStatus> before = pods(cluster, 1);
        cluster.launch(gang);
        settle();
        assertThat(pods(cluster, 1)).isEqualTo(before);
    }

    @Test
    void a_released_attempt_is_gone_when_its_last_pod_is() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 2)));
        until(() -> running(cluster, 1) == 2);
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
        assertThat(cluster.attempts()).isEmpty();
    }

    @Test
    void releasing_twice_is_releasing_once() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 1)));
        cluster.launch(gang(2, member("worker", cpu(1), FOREVER, "blue", 1)));
        until(() -> running(cluster, 1) == 1 && running(cluster, 2) == 1);
        cluster.release(attempt(1));
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
        cluster.release(attempt(1));
        settle();
        assertThat(cluster.attempts()).containsExactly(attempt(2));
        assertThat(running(cluster, 2)).isEqualTo(1);
    }

    @Test
    void a_gang_that_waits_can_be_released() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        cluster.launch(gang(1, member("worker", cpu(2), FOREVER, "blue", 1)));
        settle();
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
    }

    @Test
    void pods_that_ended_can_be_released() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(200), 3), "blue", 1)));
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.FAILED)));
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
    }

    @Test
    void an_unknown_attempt_has_no_status_and_can_be_released() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        cluster.release(attempt(9));
        settle();
        assertThat(cluster.status(attempt(9))).isEmpty();
        assertThat(cluster.attempts()).isEmpty();
    }

    @Test
    void the_next_attempt_of_a_job_is_another_gang() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(2))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 1)));
        AttemptId second = new AttemptId(new JobId("job1"), 2);
        cluster.launch(gang(second, member("worker", cpu(1), FOREVER, "blue", 1)));
        until(() -> running(cluster, 1) == 1
                && cluster.status(second).orElseThrow().pods().get(0).phase() == PodPhase.RUNNING);
        assertThat(cluster.attempts()).containsExactlyInAnyOrder(attempt(1), second);
    }

    @Test
    void a_role_is_split_over_pools_as_the_gang_says() {
        Cluster cluster = cluster(List.of(room("blue", 2, cpu(4)), room("red", 2, cpu(4))));
        cluster.launch(gang(
                1,
                new Gang.Member(
                        new RoleName("worker"),
                        living(template(cpu(1)), FOREVER),
                        Map.of(new PoolName("blue"), 1, new PoolName("red"), 3))));
        until(() -> running(cluster, 1) == 4);
        Map<String, Long> count = pods(cluster, 1).stream()
                .collect(Collectors.groupingBy(pod -> pod.pool().value(), Collectors.counting()));
        assertThat(count).isEqualTo(Map.of("blue", 1L, "red", 3L));
        assertThat(pods(cluster, 1))
                .allSatisfy(pod -> assertThat(poolOf(cluster, pod.node())).isEqualTo(pod.pool()));
    }

    @Test
    void room_in_another_pool_is_no_room() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1)), room("red", 5, cpu(8))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 2)));
        settle();
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void a_pool_that_does_not_exist_is_no_room() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "green", 1)));
        settle();
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void a_tainted_node_takes_only_pods_that_tolerate_it() {
        Taint spot = new Taint("spot", "true", TaintEffect.NO_SCHEDULE);
        Cluster cluster = cluster(List.of(new Room("blue", 1, cpu(4), Map.of(), List.of(spot), 110)));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 1)));
        PodTemplate tolerant = with(
                template(cpu(1)),
                NodeAffinity.ANY,
                List.of(new Toleration("spot", Toleration.Operator.EQUAL, "true", TaintEffect.NO_SCHEDULE)));
        cluster.launch(gang(2, member("worker", tolerant, FOREVER, "blue", 1)));
        until(() -> running(cluster, 2) == 1);
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void a_pod_goes_only_to_nodes_that_its_affinity_allows() {
        Cluster cluster = cluster(List.of(
                new Room("blue", 1, cpu(4), Map.of("disk", "ssd"), List.of(), 110),
                new Room("red", 1, cpu(4), Map.of("disk", "slow"), List.of(), 110)));
        NodeAffinity ssd = new NodeAffinity(
                List.of(new NodeAffinity.Term(
                        List.of(new NodeAffinity.Expression("disk", NodeAffinity.Operator.IN, List.of("ssd"))))),
                List.of());
        PodTemplate choosy = with(template(cpu(1)), ssd, List.of());
        cluster.launch(gang(1, member("worker", choosy, FOREVER, "red", 1)));
        cluster.launch(gang(2, member("worker", choosy, FOREVER, "blue", 1)));
        until(() -> running(cluster, 2) == 1);
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void a_node_takes_no_more_pods_than_its_limit() {
        Cluster cluster = cluster(List.of(new Room("blue", 1, cpu(8), Map.of(), List.of(), 2)));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 3)));
        cluster.launch(gang(2, member("worker", cpu(1), FOREVER, "blue", 2)));
        until(() -> running(cluster, 2) == 2);
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void any_resource_name_counts() {
        Resources node = Resources.of(Map.of("cpu", 64_000L, "example.com/fpga", 2L));
        Cluster cluster = cluster(List.of(room("blue", 1, node)));
        Resources asks = Resources.of(Map.of("cpu", 1000L, "example.com/fpga", 1L));
        cluster.launch(gang(1, member("worker", asks, FOREVER, "blue", 3)));
        cluster.launch(gang(2, member("worker", asks, FOREVER, "blue", 2)));
        until(() -> running(cluster, 2) == 2);
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.PENDING);
    }

    @Test
    void pods_of_one_gang_fill_the_fullest_node_first() {
        Cluster cluster = cluster(List.of(room("blue", 4, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), FOREVER, "blue", 1)));
        until(() -> running(cluster, 1) == 1);
        cluster.launch(gang(2, member("worker", cpu(1), FOREVER, "blue", 3)));
        until(() -> running(cluster, 2) == 3);
        assertThat(pods(cluster, 2))
                .extracting(PodStatus::node)
                .containsOnly(pods(cluster, 1).get(0).node());
    }

    @Test
    void nodes_tell_their_pool_labels_taints_and_room() {
        Taint taint = new Taint("spot", "true", TaintEffect.NO_SCHEDULE);
        Cluster cluster = cluster(List.of(
                new Room("blue", 2, cpu(4), Map.of("disk", "ssd"), List.of(taint), 20), room("red", 1, cpu(1))));
        List<Node> blue = cluster.nodes().stream()
                .filter(node -> node.pool().equals(new PoolName("blue")))
                .toList();
        assertThat(cluster.nodes()).hasSize(3);
        assertThat(blue).hasSize(2).allSatisfy(node -> {
            assertThat(node.labels()).containsEntry("disk", "ssd");
            assertThat(node.taints()).contains(taint);
            assertThat(cpu(4).fitsIn(node.allocatable())).isTrue();
            assertThat(node.maxPods()).isEqualTo(20);
            assertThat(node.ready()).isTrue();
        });
    }

    @Test
    void listeners_hear_of_every_change_of_an_attempt() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        ConcurrentLinkedQueue<Optional<AttemptId>> heard = new ConcurrentLinkedQueue<>();
        cluster.onChange(heard::add);
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(300), 0), "blue", 1)));
        until(() -> heard.contains(Optional.of(attempt(1))));
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.SUCCEEDED)));
        heard.clear();
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty() && heard.contains(Optional.of(attempt(1))));
    }

    @Test
    void listeners_hear_of_the_end_of_a_pod_after_its_status_says_so() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        ConcurrentLinkedQueue<PodPhase> seen = new ConcurrentLinkedQueue<>();
        cluster.onChange(attempt -> attempt.flatMap(cluster::status)
                .ifPresent(status -> status.pods().forEach(pod -> seen.add(pod.phase()))));
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(300), 0), "blue", 1)));
        until(() -> seen.contains(PodPhase.SUCCEEDED));
    }

    @Test
    void pods_of_a_lost_node_are_lost() {
        Cluster cluster = cluster(List.of(room("blue", 2, cpu(2))));
        cluster.launch(gang(1, member("worker", cpu(2), FOREVER, "blue", 2)));
        until(() -> running(cluster, 1) == 2);
        NodeName lost = pods(cluster, 1).get(0).node();
        lose(lost);
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.LOST, PodPhase.RUNNING)));
        assertThat(pods(cluster, 1).get(0).cause()).isEqualTo(PodEnd.NODE_LOST);
        until(() -> cluster.nodes().stream().noneMatch(node -> node.name().equals(lost) && node.ready()));
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
    }

    @Test
    void output_is_read_in_pieces_that_join_without_a_gap() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(200), 0), "blue", 1)));
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.SUCCEEDED)));
        PodRef pod = pods(cluster, 1).get(0).pod();
        until(() -> cluster.log(pod, 0, 1 << 20).end());
        LogChunk whole = cluster.log(pod, 0, 1 << 20);
        assertThat(whole.bytes()).isNotEmpty();
        StringBuilder joined = new StringBuilder();
        long offset = 0;
        boolean end = false;
        while (!end) {
            LogChunk piece = cluster.log(pod, offset, 7);
            assertThat(piece.offset()).isEqualTo(offset);
            assertThat(piece.bytes().length).isBetween(1, 7);
            joined.append(new String(piece.bytes(), StandardCharsets.ISO_8859_1));
            offset = piece.nextOffset();
            end = piece.end();
        }
        assertThat(joined).hasToString(new String(whole.bytes(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void output_beyond_the_end_is_empty_and_at_its_end() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        cluster.launch(gang(1, member("worker", cpu(1), new Life(Duration.ofMillis(200), 0), "blue", 1)));
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.SUCCEEDED)));
        LogChunk beyond = cluster.log(pods(cluster, 1).get(0).pod(), 1L << 40, 100);
        assertThat(beyond.bytes()).isEmpty();
        assertThat(beyond.end()).isTrue();
    }

    @Test
    void the_output_of_a_pod_that_is_unknown_or_waits_is_empty() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        cluster.launch(gang(1, member("worker", cpu(2), FOREVER, "blue", 1)));
        settle();
        for (int job : List.of(1, 9)) {
            LogChunk chunk = cluster.log(new PodRef(attempt(job), new RoleName("worker"), 0), 0, 100);
            assertThat(chunk.bytes()).isEmpty();
            assertThat(chunk.end()).isFalse();
        }
        assertThat(cluster.log(new PodRef(attempt(1), new RoleName("nobody"), 3), 0, 100)
                        .bytes())
                .isEmpty();
    }

    @Test
    void a_negative_offset_or_an_empty_piece_is_refused() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        PodRef pod = new PodRef(attempt(1), new RoleName("worker"), 0);
        assertThatThrownBy(() -> cluster.log(pod, -1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cluster.log(pod, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_gang_grows_by_pods_with_numbers_of_their_own() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4)), room("red", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 2));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 2);
        cluster.grow(gang, List.of(elastic("worker", 2, "blue", cpu(1)), elastic("worker", 5, "red", cpu(1))));
        until(() -> running(cluster, 1) == 4);
        assertThat(pods(cluster, 1))
                .extracting(pod -> pod.pod().toString())
                .containsExactly("job1-1-worker-0", "job1-1-worker-1", "job1-1-worker-2", "job1-1-worker-5");
        assertThat(pods(cluster, 1).get(3).pool()).isEqualTo(new PoolName("red"));
    }

    @Test
    void growing_twice_is_growing_once() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 1));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 1);
        cluster.grow(gang, List.of(elastic("worker", 1, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 2);
        List<PodStatus> before = pods(cluster, 1);
        cluster.grow(gang, List.of(elastic("worker", 1, "blue", cpu(1))));
        cluster.launch(gang);
        settle();
        assertThat(pods(cluster, 1)).isEqualTo(before);
    }

    @Test
    void a_pod_that_grew_and_finds_no_room_waits_alone() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(2)), room("red", 1, cpu(1))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 1));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 1);
        cluster.grow(
                gang,
                List.of(
                        elastic("worker", 1, "blue", cpu(1)),
                        elastic("worker", 2, "blue", cpu(1)),
                        elastic("worker", 3, "red", cpu(1))));
        until(() -> running(cluster, 1) == 3);
        settle();
        assertThat(pods(cluster, 1)).extracting(PodStatus::phase).containsOnlyOnce(PodPhase.PENDING);
        cluster.launch(gang(2, member("worker", cpu(1), FOREVER, "blue", 1)));
        settle();
        cluster.release(attempt(2));
        assertThat(running(cluster, 1)).isEqualTo(3);
    }

    @Test
    void no_pod_that_grew_is_bound_before_its_gang() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(2))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 3));
        cluster.launch(gang);
        cluster.grow(gang, List.of(elastic("worker", 3, "blue", cpu(1))));
        settle();
        assertThat(pods(cluster, 1)).hasSize(4).extracting(PodStatus::node).containsOnlyNulls();
    }

    @Test
    void pods_that_are_shrunk_away_are_gone_and_the_gang_goes_on() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 2));
        cluster.launch(gang);
        cluster.grow(gang, List.of(elastic("worker", 2, "blue", cpu(1)), elastic("worker", 3, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 4);
        cluster.launch(gang(2, member("worker", cpu(1), FOREVER, "blue", 1)));
        settle();
        assertThat(running(cluster, 2)).isZero();
        cluster.shrink(attempt(1), Set.of(pod("worker", 3)));
        cluster.shrink(attempt(1), Set.of(pod("worker", 3), pod("worker", 9)));
        until(() -> running(cluster, 2) == 1);
        assertThat(pods(cluster, 1)).extracting(pod -> pod.pod().index()).containsExactly(0, 1, 2);
        assertThat(phases(cluster, 1)).containsExactly(PodPhase.RUNNING);
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
    }

    @Test
    void a_pod_that_waits_can_be_shrunk_away() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(1))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 1));
        cluster.launch(gang);
        cluster.grow(gang, List.of(elastic("worker", 1, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 1);
        cluster.shrink(attempt(1), Set.of(pod("worker", 1)));
        until(() -> pods(cluster, 1).size() == 1);
    }

    @Test
    void a_gangs_own_pods_are_not_shrunk_away() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 2));
        cluster.launch(gang);
        cluster.grow(gang, List.of(elastic("worker", 2, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 3);
        assertThatThrownBy(() -> cluster.shrink(attempt(1), Set.of(pod("worker", 1), pod("worker", 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("job1-1-worker-1");
        settle();
        assertThat(running(cluster, 1)).isEqualTo(3);
    }

    @Test
    void a_role_without_a_minimum_grows_from_nothing() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("driver", cpu(1), FOREVER, "blue", 1));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 1);
        cluster.grow(gang, List.of(elastic("executor", 0, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 2);
        assertThat(pods(cluster, 1)).extracting(pod -> pod.pod().toString()).contains("job1-1-executor-0");
    }

    @Test
    void what_is_unknown_or_released_neither_grows_nor_shrinks() {
        Cluster cluster = cluster(List.of(room("blue", 1, cpu(4))));
        Gang gang = gang(1, member("worker", cpu(1), FOREVER, "blue", 1));
        cluster.grow(gang, List.of(elastic("worker", 1, "blue", cpu(1))));
        cluster.shrink(attempt(9), Set.of(new PodRef(attempt(9), new RoleName("worker"), 1)));
        settle();
        assertThat(cluster.attempts()).isEmpty();
        cluster.launch(gang);
        cluster.grow(gang, List.of(elastic("worker", 1, "blue", cpu(1))));
        until(() -> running(cluster, 1) == 2);
        cluster.release(attempt(1));
        cluster.grow(gang, List.of(elastic("worker", 2, "blue", cpu(1))));
        until(() -> cluster.status(attempt(1)).isEmpty());
        settle();
        assertThat(cluster.attempts()).isEmpty();
    }

    @Test
    void lost_pods_of_a_gang_are_made_again_in_their_places_once() {
        Cluster cluster = cluster(List.of(room("blue", 3, cpu(2))));
        Gang gang = gang(1, member("worker", cpu(2), FOREVER, "blue", 2));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 2);
        NodeName lost = pods(cluster, 1).get(0).node();
        lose(lost);
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.LOST, PodPhase.RUNNING)));
        until(() -> {
            cluster.replace(gang, Set.of(pod("worker", 0), pod("worker", 1)));
            return running(cluster, 1) == 2;
        });
        List<PodStatus> whole = pods(cluster, 1);
        assertThat(whole)
                .extracting(pod -> pod.pod().toString())
                .containsExactlyInAnyOrder("job1-1-worker-0", "job1-1-worker-1");
        assertThat(whole).extracting(PodStatus::node).doesNotContain(lost);
        cluster.replace(gang, Set.of(pod("worker", 0), pod("worker", 1)));
        settle();
        assertThat(pods(cluster, 1)).isEqualTo(whole);
        cluster.release(attempt(1));
        until(() -> cluster.status(attempt(1)).isEmpty());
    }

    @Test
    void a_pod_that_is_made_again_waits_for_room_and_goes_with_its_gang() {
        Cluster cluster = cluster(List.of(room("blue", 2, cpu(2))));
        Gang gang = gang(1, member("worker", cpu(2), FOREVER, "blue", 2));
        cluster.launch(gang);
        until(() -> running(cluster, 1) == 2);
        lose(pods(cluster, 1).get(1).node());
        until(() -> phases(cluster, 1).equals(Set.of(PodPhase.LOST, PodPhase.RUNNING)));
        until(() -> {
            cluster.replace(gang, Set.of(pod("worker", 1)));
            return phases(cluster, 1).equals(Set.of(PodPhase.PENDING, PodPhase.RUNNING));
        });
        settle();
        assertThat(pods(cluster, 1).get(1).node()).isNull();
        cluster.release(attempt(1));
        cluster.replace(gang, Set.of(pod("worker", 0), pod("worker", 1)));
        until(() -> cluster.status(attempt(1)).isEmpty());
        settle();
        assertThat(cluster.attempts()).isEmpty();
    }

    protected final ElasticPod elastic(String role, int index, String pool, Resources resources) {
        return new ElasticPod(new RoleName(role), index, new PoolName(pool), living(template(resources), FOREVER));
    }

    /** Of job 1. */
    private static PodRef pod(String role, int index) {
        return new PodRef(attempt(1), new RoleName(role), index);
    }

    protected static Room room(String pool, int nodes, Resources allocatable) {
        return new Room(pool, nodes, allocatable, Map.of(), List.of(), 110);
    }

    /** {@code cpus} whole processors, and a GiB of memory with each. */
    protected static Resources cpu(int cpus) {
        return Resources.cpuAndMemory(cpus * 1000L, cpus * (1L << 30));
    }

    protected static AttemptId attempt(int job) {
        return new AttemptId(new JobId("job" + job), 1);
    }

    protected static PodTemplate template(Resources resources) {
        return new PodTemplate(
                "registry.example/worker:1",
                List.of("work"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                resources,
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
    }

    protected final Gang.Member member(String role, Resources resources, Life life, String pool, int pods) {
        return member(role, template(resources), life, pool, pods);
    }

    protected final Gang.Member member(String role, PodTemplate template, Life life, String pool, int pods) {
        return new Gang.Member(new RoleName(role), living(template, life), Map.of(new PoolName(pool), pods));
    }

    protected static Gang gang(int job, Gang.Member... members) {
        return gang(attempt(job), members);
    }

    protected static Gang gang(AttemptId attempt, Gang.Member... members) {
        return new Gang(
                attempt,
                "a-job",
                new TeamName("team"),
                new QueueName("queue"),
                new PriorityClassName("routine"),
                Duration.ofSeconds(5),
                Arrays.asList(members));
    }

    /** The template with these annotations added. */
    protected static PodTemplate annotated(PodTemplate template, Map<String, String> annotations) {
        Map<String, String> all = new HashMap<>(template.annotations());
        all.putAll(annotations);
        return new PodTemplate(
                template.image(),
                template.command(),
                template.args(),
                template.env(),
                template.secretEnv(),
                template.volumes(),
                template.sharedMemory(),
                template.resources(),
                template.affinity(),
                template.tolerations(),
                template.labels(),
                all);
    }

    private static PodTemplate with(PodTemplate template, NodeAffinity affinity, List<Toleration> tolerations) {
        return new PodTemplate(
                template.image(),
                template.command(),
                template.args(),
                template.env(),
                template.secretEnv(),
                template.volumes(),
                template.sharedMemory(),
                template.resources(),
                affinity,
                tolerations,
                template.labels(),
                template.annotations());
    }

    protected static List<PodStatus> pods(Cluster cluster, int job) {
        return cluster.status(attempt(job)).map(GangStatus::pods).orElse(List.of());
    }

    protected static Set<PodPhase> phases(Cluster cluster, int job) {
        return pods(cluster, job).stream().map(PodStatus::phase).collect(Collectors.toSet());
    }

    protected static long running(Cluster cluster, int job) {
        return pods(cluster, job).stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING)
                .count();
    }

    private static PoolName poolOf(Cluster cluster, @org.jspecify.annotations.Nullable NodeName node) {
        Map<NodeName, PoolName> pools = cluster.nodes().stream().collect(Collectors.toMap(Node::name, Node::pool));
        return Optional.ofNullable(pools.get(node)).orElseThrow();
    }
}
