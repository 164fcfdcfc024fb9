package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.Autoscaling;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.PodLife;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A pool that an autoscaler makes grow, on a real API server with the cluster's own scheduler: the planner decides as in the
 * service, the adapter carries it out, and {@link ScriptedAutoscaler} counts and refuses as real ones do.
 */
@ClusterTest
class GrowingPoolClusterIT {
    private static final PoolName SPOT = new PoolName("growing");
    private static final Resources POD = Resources.cpuAndMemory(3000, 1L << 30);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final int GANG = 4;

    private final ContractSite site;
    private final Map<AttemptId, Boolean> launched = new LinkedHashMap<>();
    private final Set<AttemptId> ended = new TreeSet<>();
    private int mostPartly;

    GrowingPoolClusterIT(TestCluster cluster) {
        this.site = new ContractSite(cluster);
        site.declare(List.of(SPOT.value()));
    }

    @AfterEach
    void take_it_away() {
        site.close();
    }

    @Test
    void two_gangs_on_room_for_one_and_a_half_never_hold_parts_at_once_and_both_finish() {
        Cluster cluster = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 6)) {
            eventually().until(() -> {
                turn(cluster, 6, List.of(attempt(1), attempt(2)));
                return ended.size() == 2;
            });
            assertThat(mostPartly).isLessThanOrEqualTo(1);
            assertThat(launched).containsEntry(attempt(1), true).containsEntry(attempt(2), false);
            assertThat(autoscaler.made()).isEqualTo(GANG);
            eventually().until(() -> pods().isEmpty());
        }
    }

    @Test
    void nodes_that_are_refused_leave_a_gang_that_is_released_whole() {
        Cluster cluster = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 2)) {
            cluster.launch(gang(attempt(1), true));
            eventually().until(() -> autoscaler.refused() > 0 && bound(cluster, attempt(1)) == 2);
            assertThat(pods())
                    .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsKey(Labels.PLACEHOLDER));

            eventually().untilAsserted(() -> assertThat(cluster.status(attempt(1)))
                    .hasValueSatisfying(status -> assertThat(status.refusal())
                            .as("it is heard before the deadline")
                            .contains("1 in backoff after failed scale-up")));

            cluster.release(attempt(1));
            eventually().until(() -> cluster.attempts().isEmpty() && pods().isEmpty());

            autoscaler.market(GANG);
            cluster.launch(gang(attempt(2), true));
            eventually().until(() -> succeeded(cluster, attempt(2)));
        }
    }

    @Test
    void the_next_node_comes_while_the_one_that_is_taken_back_still_works() {
        for (int i = 0; i < GANG; i++) {
            site.node(new ContractSite.NodeLike(
                    SPOT.value(), Map.of("cpu", "4", "memory", "8Gi"), Map.of(), List.of(), 10));
        }
        Cluster cluster = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 1)) {
            Gang gang = longGang(attempt(1));
            cluster.launch(gang);
            eventually()
                    .until(() -> pods(cluster, attempt(1)).stream()
                                    .filter(pod -> pod.phase() == PodPhase.RUNNING)
                                    .count()
                            == GANG);
            PodStatus doomed = pods(cluster, attempt(1)).get(1);
            cluster.askAhead(gang, Set.of(doomed.pod()));
            assertThat(pods()).as("nobody takes its node back").hasSize(GANG);

            NodeName node = java.util.Objects.requireNonNull(doomed.node());
            site.admin().nodes().withName(node.value()).edit(found -> new NodeBuilder(found)
                    .editOrNewSpec()
                    .addNewTaint("NoSchedule", "aws-node-termination-handler/spot-itn", null, "soon")
                    .endSpec()
                    .build());
            eventually().until(() -> cluster.takenBack().contains(node));
            cluster.askAhead(gang, Set.of(doomed.pod()));
            cluster.askAhead(gang, Set.of(doomed.pod()));
            eventually().until(() -> autoscaler.made() == 1 && pods().size() == GANG + 1);
            eventually().untilAsserted(() -> assertThat(cluster.nodes())
                    .as("the planner sees that the room which came is taken")
                    .filteredOn(each -> each.overhead().equals(POD))
                    .hasSize(1));
            assertThat(pods(cluster, attempt(1))).as("none of the gang's own").hasSize(GANG);

            cluster.release(attempt(1));
            eventually().until(() -> cluster.attempts().isEmpty() && pods().isEmpty());
            eventually().untilAsserted(() -> assertThat(cluster.nodes())
                    .allSatisfy(each -> assertThat(each.overhead()).isEqualTo(Resources.NONE)));
        }
    }

    private static Gang longGang(AttemptId attempt) {
        PodTemplate worker =
                Gangs.worker(POD, PodLife.runsFor(Duration.ofHours(1)).annotations());
        return Gangs.workers(attempt, SPOT, GANG, worker, Duration.ofSeconds(1), false);
    }

    @Test
    void idle_nodes_that_are_kept_because_others_do_not_come_are_seen_until_the_flag_mends_it() {
        PoolName steady = new PoolName("steady");
        site.declare(List.of(SPOT.value(), steady.value()));
        for (int i = 0; i < 2; i++) {
            site.node(new ContractSite.NodeLike(
                    steady.value(), Map.of("cpu", "4", "memory", "8Gi"), Map.of(), List.of(), 10));
        }
        Cluster cluster = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 0)) {
            cluster.launch(gang(attempt(1), true));
            eventually().until(() -> autoscaler.refused() > 0);
            autoscaler.shrink(steady.value());
            eventually().untilAsserted(() -> assertThat(held(cluster, steady)).hasValueSatisfying(held -> {
                assertThat(held.nodes()).containsExactly(Map.entry(steady, 2));
                assertThat(held.cause().group()).isEqualTo("group-growing");
                assertThat(held.cause().why()).isEqualTo("OutOfResource: no growing left");
            }));
            assertThat(site.nodes(steady.value())).as("they are kept").hasSize(2);

            autoscaler.delaysAreLocal();
            eventually()
                    .until(() ->
                            cluster.nodes().isEmpty() && held(cluster, steady).isEmpty());
            cluster.release(attempt(1));
            eventually().until(() -> pods().isEmpty());
        }
    }

    private static Optional<Autoscaling.HeldNodes> held(Cluster cluster, PoolName pool) {
        return cluster.autoscaling().held(Map.of(pool, 2), SHORT, cluster.now());
    }

    @Test
    void a_gang_alone_never_makes_a_pool_grow_that_has_room_for_half_of_it() {
        for (int i = 0; i < 2; i++) {
            site.node(new ContractSite.NodeLike(
                    SPOT.value(), Map.of("cpu", "4", "memory", "8Gi"), Map.of(), List.of(), 10));
        }
        Cluster cluster = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 6)) {
            cluster.launch(gang(attempt(1), false));
            eventually().until(() -> pods().size() == GANG && autoscaler.looksWith(2) > 5);
            assertThat(autoscaler.made()).isZero();
            cluster.release(attempt(1));
            eventually().until(() -> pods().isEmpty());

            cluster.launch(gang(attempt(2), true));
            eventually().until(() -> succeeded(cluster, attempt(2)));
            assertThat(autoscaler.made()).isEqualTo(2);
        }
    }

    @Test
    void a_service_that_has_forgotten_everything_goes_on_where_it_was() {
        Cluster before = site.open(InstantSource.system());
        try (ScriptedAutoscaler autoscaler = ScriptedAutoscaler.start(site, SPOT.value(), 2)) {
            before.launch(gang(attempt(1), true));
            eventually().until(() -> bound(before, attempt(1)) == 2);
            ((VolcanoCluster) before).close();

            Cluster after = site.open(InstantSource.system());
            after.launch(gang(attempt(1), true));
            autoscaler.market(GANG);
            eventually().until(() -> succeeded(after, attempt(1)));
            eventually().until(() -> pods().stream()
                    .noneMatch(pod -> pod.getMetadata().getLabels().containsKey(Labels.PLACEHOLDER)));
        }
    }

    /** One cycle, as the service's: what is there, the plan, what follows from it. */
    private void turn(Cluster cluster, int most, List<AttemptId> wanted) {
        List<Node> nodes = cluster.nodes();
        List<LiveAttempt> live = new ArrayList<>();
        int asked = 0;
        int holders = 0;
        int partly = 0;
        for (AttemptId attempt : List.copyOf(launched.keySet())) {
            if (ended.contains(attempt)) {
                continue;
            }
            if (succeeded(cluster, attempt)) {
                cluster.release(attempt);
            }
            int bound = bound(cluster, attempt);
            boolean isWaiting = Boolean.TRUE.equals(launched.get(attempt)) && bound < GANG && !hasRun(cluster, attempt);
            asked += isWaiting ? GANG - bound : 0;
            holders += isWaiting ? 1 : 0;
            partly += bound > 0 && bound < GANG && !hasRun(cluster, attempt) ? 1 : 0;
            if (cluster.attempts().contains(attempt)) {
                live.add(live(cluster, attempt));
            } else {
                ended.add(attempt);
            }
        }
        mostPartly = Math.max(mostPartly, partly);
        List<PendingJob> pending = wanted.stream()
                .filter(attempt -> !launched.containsKey(attempt))
                .map(attempt -> pending(cluster, attempt))
                .toList();
        Expansion expansion = new Expansion(
                new OfferingSpec(
                        Offering.of(SPOT, Map.of()),
                        POD,
                        10,
                        Map.of(Labels.POOL, SPOT.value()),
                        List.of(),
                        0,
                        most,
                        null),
                Math.max(0, most - nodes.size() - asked),
                asked,
                holders,
                BreakerState.CLOSED,
                null,
                Duration.ofMinutes(10),
                1,
                0);
        QueueSpec queue =
                new QueueSpec(new QueueName("queue"), null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN);
        Snapshot snapshot = new Snapshot(cluster.now(), List.of(queue), nodes, pending, live, PlanSettings.DEFAULT)
                .withExpansions(List.of(expansion));
        for (Decision.Launch launch : new Planner().plan(snapshot).launches()) {
            AttemptId attempt = new AttemptId(launch.job(), 1);
            boolean waits = !launch.permits().isEmpty();
            launched.put(attempt, waits);
            cluster.launch(gang(attempt, waits));
        }
    }

    private static PendingJob pending(Cluster cluster, AttemptId attempt) {
        Ask ask = new Ask(new RoleName("worker"), GANG, GANG, POD, NodeAffinity.ANY, List.of());
        return new PendingJob(attempt.job(), new QueueName("queue"), 2, cluster.now(), List.of(ask), Map.of());
    }

    private static LiveAttempt live(Cluster cluster, AttemptId attempt) {
        List<LiveAttempt.Held> held = new ArrayList<>();
        List<PodStatus> pods = pods(cluster, attempt);
        pods.forEach(pod -> held.add(new LiveAttempt.Held(new RoleName("worker"), SPOT, pod.node(), POD, 1)));
        if (pods.size() < GANG) {
            held.add(new LiveAttempt.Held(new RoleName("worker"), SPOT, null, POD, GANG - pods.size()));
        }
        return new LiveAttempt(attempt, new QueueName("queue"), 2, cluster.now(), held);
    }

    private static AttemptId attempt(int job) {
        return new AttemptId(new JobId("job" + job), 1);
    }

    private static Gang gang(AttemptId attempt, boolean waitsForNodes) {
        PodTemplate worker = Gangs.worker(POD, PodLife.runsFor(SHORT).annotations());
        return Gangs.workers(attempt, SPOT, GANG, worker, Duration.ofSeconds(1), waitsForNodes);
    }

    private static List<PodStatus> pods(Cluster cluster, AttemptId attempt) {
        return cluster.status(attempt).map(GangStatus::pods).orElse(List.of());
    }

    private static int bound(Cluster cluster, AttemptId attempt) {
        return (int) pods(cluster, attempt).stream()
                .filter(pod -> pod.node() != null)
                .count();
    }

    private static boolean hasRun(Cluster cluster, AttemptId attempt) {
        return pods(cluster, attempt).stream().anyMatch(pod -> pod.phase() != PodPhase.PENDING);
    }

    private static boolean succeeded(Cluster cluster, AttemptId attempt) {
        List<PodStatus> pods = pods(cluster, attempt);
        return pods.size() == GANG && pods.stream().allMatch(pod -> pod.phase() == PodPhase.SUCCEEDED);
    }

    private List<Pod> pods() {
        return site.admin().pods().inNamespace(site.id).list().getItems();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
