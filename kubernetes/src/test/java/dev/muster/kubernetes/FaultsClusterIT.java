package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.OwnControlPlane;
import dev.muster.controlplane.PodLife;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a real cluster, and what the adapter makes of it: no gang twice, none forgotten, none half. */
@ClusterTest
class FaultsClusterIT {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("job1"), 1);

    private final OwnControlPlane plane;
    private final ContractSite site;
    private final String node;

    FaultsClusterIT(OwnControlPlane plane) {
        this.plane = plane;
        this.site = new ContractSite(plane);
        node = site.node(
                new ContractSite.NodeLike("blue", Map.of("cpu", "8", "memory", "32Gi"), Map.of(), List.of(), 110));
        site.declare(List.of("blue"));
    }

    @AfterEach
    void take_it_away() {
        plane.volcano().goOn();
        site.close();
    }

    @Test
    void a_launch_that_broke_off_anywhere_is_finished_by_the_next_one() {
        Gang gang = gang(ATTEMPT, 4);
        plane.volcano().hold();
        VolcanoCluster dying = site.open(InstantSource.system());
        dying.launch(gang);
        // What a kill -9 between any two requests leaves: the group alone, with some pods, without the service.
        List<Pod> pods = pods();
        site.admin().resource(pods.get(1)).withGracePeriod(0).delete();
        site.admin().resource(pods.get(3)).withGracePeriod(0).delete();
        site.admin().services().inNamespace(site.id).delete();
        dying.close();
        VolcanoCluster next = site.open(InstantSource.system());
        until(() -> status(next).pods().size() == 2);
        next.launch(gang);
        plane.volcano().goOn();
        until(() -> running(next) == 4);
        assertThat(pods()).hasSize(4);
        assertThat(site.admin().services().inNamespace(site.id).list().getItems())
                .hasSize(1);
    }

    @Test
    void two_leaders_that_launch_the_same_attempt_start_one_gang() {
        Gang gang = gang(ATTEMPT, 6);
        VolcanoCluster first = site.open(InstantSource.system());
        VolcanoCluster second = site.open(InstantSource.system());
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> second.launch(gang));
        first.launch(gang);
        other.join();
        until(() -> running(first) == 6 && running(second) == 6);
        assertThat(pods()).hasSize(6);
        assertThat(groups()).hasSize(1);
    }

    @Test
    void what_a_late_leader_makes_after_the_release_goes_at_once() {
        Gang gang = gang(ATTEMPT, 3);
        VolcanoCluster late = site.open(InstantSource.system());
        VolcanoCluster leader = site.open(InstantSource.system());
        leader.launch(gang);
        until(() -> running(leader) == 3);
        leader.release(ATTEMPT);
        until(() -> leader.status(ATTEMPT).isEmpty() && late.status(ATTEMPT).isEmpty());
        late.launch(gang);
        until(() -> pods().isEmpty() && groups().isEmpty());
        until(() -> leader.attempts().isEmpty());
    }

    @Test
    void an_api_server_that_is_away_is_waited_for_and_nothing_is_lost() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        cluster.launch(gang(ATTEMPT, 2));
        until(() -> running(cluster) == 2);
        plane.stopApiServer();
        AttemptId second = new AttemptId(new JobId("job2"), 1);
        assertThatThrownBy(() -> cluster.launch(gang(second, 2))).isInstanceOf(ClusterUnavailable.class);
        assertThatThrownBy(() -> cluster.release(ATTEMPT)).isInstanceOf(ClusterUnavailable.class);
        assertThat(running(cluster)).as("what was seen is still known").isEqualTo(2);
        plane.startApiServer();
        cluster.launch(gang(second, 2));
        cluster.release(ATTEMPT);
        until(() -> cluster.attempts().equals(Set.of(second)));
        until(() -> cluster.status(second).orElseThrow().pods().stream().allMatch(FaultsClusterIT::runs));
    }

    @Test
    void a_watch_that_is_too_old_lists_again_and_sees_what_it_missed() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        cluster.launch(gang(ATTEMPT, 2));
        until(() -> running(cluster) == 2);
        plane.forgetTheOld();
        site.admin().resource(pods().get(0)).withGracePeriod(0).delete();
        until(() -> status(cluster).pods().stream().anyMatch(pod -> pod.phase() == PodPhase.FAILED));
        cluster.release(ATTEMPT);
        until(() -> cluster.attempts().isEmpty());
    }

    @Test
    void a_pod_that_is_deleted_by_hand_has_failed_whatever_was_restarted_since() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        Gang gang = gang(ATTEMPT, 3);
        cluster.launch(gang);
        until(() -> running(cluster) == 3);
        site.admin().resource(pods().get(1)).withGracePeriod(0).delete();
        until(() -> status(cluster).pods().stream().anyMatch(pod -> pod.cause() == PodEnd.RELEASED));
        cluster.close();
        VolcanoCluster next = site.open(InstantSource.system());
        until(() -> status(next).pods().size() == 3);
        assertThat(status(next).pods()).extracting(PodStatus::cause).containsOnlyOnce(PodEnd.RELEASED);
        next.launch(gang);
        assertThat(pods()).as("nothing runs again").hasSize(2);
    }

    @Test
    void a_group_that_is_deleted_by_hand_takes_its_gang_along() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        cluster.launch(gang(ATTEMPT, 3));
        until(() -> running(cluster) == 3);
        site.admin().resources(PodGroup.class).inNamespace(site.id).delete();
        until(() -> cluster.status(ATTEMPT).isEmpty());
        assertThat(pods()).isEmpty();
    }

    @Test
    void a_namespace_that_is_deleted_by_hand_ends_its_gangs_and_refuses_new_ones() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        cluster.launch(gang(ATTEMPT, 2));
        until(() -> running(cluster) == 2);
        site.admin().namespaces().withName(site.id).delete();
        until(() -> cluster.attempts().isEmpty());
        until(() -> site.admin().namespaces().withName(site.id).get() == null);
        assertThatThrownBy(() -> cluster.launch(gang(new AttemptId(new JobId("job2"), 1), 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("namespaces \"" + site.id + "\" not found");
    }

    @Test
    void pods_of_a_node_that_went_while_nobody_looked_are_lost() {
        VolcanoCluster before = site.open(InstantSource.system());
        before.launch(gang(ATTEMPT, 2));
        until(() -> running(before) == 2);
        before.close();
        site.removeNode(node);
        VolcanoCluster after = site.open(InstantSource.system());
        until(() -> after.status(ATTEMPT).isEmpty()
                || status(after).pods().stream().allMatch(pod -> pod.phase().isFinal()));
        after.release(ATTEMPT);
        until(() -> after.attempts().isEmpty());
        assertThat(groups()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -5})
    void a_service_whose_clock_is_five_minutes_off_counts_the_same_run_times(int minutes) {
        InstantSource off = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(minutes));
        VolcanoCluster cluster = site.open(off);
        Instant began = off.instant();
        cluster.launch(gang(ATTEMPT, 1));
        until(() -> running(cluster) == 1);
        assertThat(status(cluster).pods().get(0).startedAt())
                .isBetween(began.minusSeconds(5), off.instant().plusSeconds(5));
    }

    @Test
    void conflicts_on_every_second_write_cost_time_and_nothing_else() {
        try (Conflicts conflicts = Conflicts.start()) {
            VolcanoCluster cluster = site.open(conflicts.client(site.kubeconfig()), InstantSource.system());
            Gang gang = gang(ATTEMPT, 5);
            until(() -> isDone(() -> cluster.launch(gang)) && running(cluster) == 5);
            Set<String> made = uids();
            assertThat(made).hasSize(5);
            assertThat(groups()).hasSize(1);
            until(() -> isDone(() -> cluster.launch(gang)));
            assertThat(uids()).isEqualTo(made);
            until(() ->
                    isDone(() -> cluster.release(ATTEMPT)) && cluster.attempts().isEmpty());
            assertThat(pods()).as("what is told to be gone is gone").isEmpty();
            until(() -> groups().isEmpty());
            assertThat(conflicts.count()).isGreaterThan(5);
        }
    }

    @Test
    void a_webhook_that_never_answers_makes_launches_slow_and_not_different() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        Gang gang = gang(ATTEMPT, 3);
        Silence.over(site.admin(), site.id, "Fail", () -> {
            // An API server hears of a webhook a little later: until then it makes pods without.
            until(() -> isRefused(probe()));
            assertThatThrownBy(() -> cluster.launch(gang)).isInstanceOf(ClusterUnavailable.class);
            assertThat(pods()).isEmpty();
        });
        Silence.over(
                site.admin(),
                site.id,
                "Ignore",
                () -> until(() -> isDone(() -> cluster.launch(gang)) && running(cluster) == 3));
        assertThat(pods()).hasSize(3);
        assertThat(groups()).hasSize(1);
    }

    @Test
    void a_gang_that_gives_way_has_the_time_that_is_said_then() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        cluster.launch(gang(ATTEMPT, 2));
        until(() -> running(cluster) == 2);
        Map<String, String> slow =
                PodLife.runs().endingAfter(Duration.ofMinutes(10)).annotations();
        pods().forEach(pod -> site.admin().resource(pod).edit(each -> new PodBuilder(each)
                .editMetadata()
                .addToAnnotations(slow)
                .endMetadata()
                .build()));
        cluster.release(ATTEMPT, Duration.ofSeconds(40));
        assertThat(pods()).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.getMetadata().getDeletionGracePeriodSeconds())
                .isEqualTo(40));
        until(() -> groups().isEmpty());
        assertThat(pods()).as("the group takes none along before its time").hasSize(2);
    }

    @Test
    void another_installations_gang_of_the_same_name_is_left_alone() {
        VolcanoCluster cluster = site.open(InstantSource.system());
        site.admin()
                .resource(new Manifests(new Installation("others"), declarations()).podGroup(gang(ATTEMPT, 1)))
                .create();
        assertThatThrownBy(() -> cluster.launch(gang(ATTEMPT, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not ours (installation others");
        cluster.release(ATTEMPT);
        assertThat(groups()).hasSize(1);
        assertThat(cluster.attempts()).isEmpty();
    }

    /** False where another try is asked for. */
    private static boolean isDone(Runnable work) {
        try {
            work.run();
            return true;
        } catch (ClusterUnavailable e) {
            return false;
        }
    }

    private boolean isRefused(Pod pod) {
        try {
            site.admin().resource(pod).dryRun(true).create();
            return false;
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    private Pod probe() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("probe")
                .withNamespace(site.id)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }

    private Set<String> uids() {
        return pods().stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    private Declarations declarations() {
        return new Declarations(Map.of(), Map.of(new TeamName("team"), new TeamPlace(site.id, null)));
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static GangStatus status(VolcanoCluster cluster) {
        return cluster.status(ATTEMPT).orElseThrow();
    }

    private static long running(VolcanoCluster cluster) {
        return cluster.status(ATTEMPT).stream()
                .flatMap(status -> status.pods().stream())
                .filter(FaultsClusterIT::runs)
                .count();
    }

    private static boolean runs(PodStatus pod) {
        return pod.phase() == PodPhase.RUNNING;
    }

    private List<Pod> pods() {
        return site.admin().pods().inNamespace(site.id).list().getItems().stream()
                .sorted(java.util.Comparator.comparing(pod -> pod.getMetadata().getName()))
                .collect(Collectors.toList());
    }

    private List<PodGroup> groups() {
        return site.admin()
                .resources(PodGroup.class)
                .inNamespace(site.id)
                .list()
                .getItems();
    }

    private static Gang gang(AttemptId attempt, int pods) {
        PodTemplate worker = Gangs.worker(Resources.cpuAndMemory(1000, 1L << 30), Map.of());
        return Gangs.workers(attempt, new PoolName("blue"), pods, worker, Duration.ofSeconds(5), false);
    }
}
