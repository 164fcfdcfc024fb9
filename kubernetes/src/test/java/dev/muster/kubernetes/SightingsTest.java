package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of an attempt, whatever comes or goes in which order. */
class SightingsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("01a"), 1);
    private static final NodeName NODE = new NodeName("n1");

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final ClusterClock clusterClock = new ClusterClock(clock);
    private final Nodes nodes = new Nodes(clock);
    private final List<GroupFacts> doubts = new ArrayList<>();
    private final Sightings sightings = new Sightings(nodes, clock, clusterClock, doubts::add);

    @Test
    void pods_that_were_not_made_yet_are_not_told_of() {
        sightings.group(group(false, ""));
        sightings.pod(pod(0, PodPhase.PENDING, null));
        assertThat(status().pods()).extracting(PodStatus::pod).containsExactly(ref(0));
        assertThat(sightings.hasStarted(ATTEMPT)).isFalse();
    }

    @Test
    void a_pod_that_is_missing_after_the_gang_was_bound_is_asked_for_before_it_counts_as_removed() {
        sightings.group(group(true, ""));
        sightings.pod(pod(1, PodPhase.RUNNING, NODE));
        assertThat(status().pods()).extracting(PodStatus::pod).containsExactly(ref(1));
        assertThat(status().pods()).hasSize(1);
        assertThat(doubts).as("asked once").hasSize(1);
        sightings.answered(doubts.get(0), List.of(pod(1, PodPhase.RUNNING, NODE)));
        assertThat(status().pods()).extracting(PodStatus::phase).containsExactly(PodPhase.FAILED, PodPhase.RUNNING);
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.RELEASED);
    }

    @Test
    void a_pod_that_one_watch_has_not_told_of_yet_is_not_removed() {
        sightings.group(group(true, ""));
        assertThat(status().pods()).isEmpty();
        sightings.answered(doubts.get(0), List.of(pod(0, PodPhase.RUNNING, NODE), pod(1, PodPhase.RUNNING, NODE)));
        assertThat(status().pods())
                .extracting(PodStatus::phase)
                .containsOnly(PodPhase.RUNNING)
                .hasSize(2);
    }

    @Test
    void an_api_server_that_does_not_answer_is_asked_again() {
        sightings.group(group(true, ""));
        assertThat(status().pods()).isEmpty();
        sightings.notAnswered(ATTEMPT);
        assertThat(status().pods()).isEmpty();
        assertThat(doubts).hasSize(2);
    }

    @Test
    void a_pod_that_was_deleted_by_hand_has_failed_and_stays_known() {
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.pod(pod(1, PodPhase.RUNNING, NODE));
        sightings.podGone("team/01a-1-worker-0", Optional.empty());
        PodStatus first = status().pods().get(0);
        assertThat(first.phase()).isEqualTo(PodPhase.FAILED);
        assertThat(first.cause()).isEqualTo(PodEnd.RELEASED);
        assertThat(first.message()).isEqualTo("the pod was deleted past Muster");
    }

    @Test
    void a_pod_that_ended_and_was_cleaned_away_keeps_its_end() {
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.SUCCEEDED, NODE));
        sightings.podGone("team/01a-1-worker-0", Optional.empty());
        assertThat(status().pods().get(0).phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    @Test
    void how_pods_of_a_leader_ended_is_told_after_others_have_taken_their_places() {
        sightings.group(ofLeader());
        sightings.pod(named("exec-1", PodPhase.RUNNING));
        sightings.pod(named("exec-1", PodPhase.FAILED));
        sightings.podGone("team/exec-1", Optional.empty());
        sightings.pod(named("exec-9", PodPhase.RUNNING));
        assertThat(status().pods()).extracting(PodStatus::phase).containsExactly(PodPhase.RUNNING);
        assertThat(status().ends()).containsOnlyKeys("uid-exec-1");
        sightings.podGone("team/exec-9", Optional.empty());
        assertThat(status().ends().get("uid-exec-9").cause()).isEqualTo(PodEnd.DISMISSED);
    }

    @Test
    void news_of_a_pod_that_was_replaced_is_no_news_of_the_one_in_its_place() {
        sightings.group(ofLeader());
        sightings.pod(named("exec-1", PodPhase.FAILED));
        sightings.pod(named("exec-9", PodPhase.RUNNING));
        sightings.pod(named("exec-1", PodPhase.FAILED));
        assertThat(status().pods()).extracting(PodStatus::phase).containsExactly(PodPhase.RUNNING);
        sightings.podGone("team/exec-1", Optional.empty());
        assertThat(status().pods()).extracting(PodStatus::phase).containsExactly(PodPhase.RUNNING);
        assertThat(status().ends()).containsOnlyKeys("uid-exec-1");
    }

    @Test
    void ends_of_other_pods_are_told_by_the_pods_alone() {
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.SUCCEEDED, NODE));
        assertThat(status().ends()).isEmpty();
    }

    @Test
    void pods_of_a_node_that_is_gone_are_lost() {
        nodes.seen(node(Map.of()));
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        nodes.gone(NODE);
        assertThat(status().pods().get(0).phase()).isEqualTo(PodPhase.LOST);
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.NODE_LOST);
    }

    @Test
    void pods_of_a_spot_node_that_is_gone_were_interrupted() {
        nodes.seen(node(Map.of("karpenter.sh/capacity-type", "spot")));
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        nodes.gone(NODE);
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.SPOT_INTERRUPTED);
    }

    @Test
    void pods_of_a_node_that_karpenter_said_is_taken_back_were_interrupted() {
        nodes.seen(node(Map.of()));
        nodes.announce(NODE);
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.podGone("team/01a-1-worker-0", Optional.of("EvictionByEvictionAPI"));
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.SPOT_INTERRUPTED);
    }

    @Test
    void what_another_scheduler_ends_was_preempted() {
        nodes.seen(node(Map.of()));
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.podGone("team/01a-1-worker-0", Optional.of("PreemptionByScheduler"));
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.PREEMPTED);
    }

    @Test
    void what_the_taint_manager_ends_has_lost_its_node() {
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.podGone("team/01a-1-worker-0", Optional.of("DeletionByTaintManager"));
        assertThat(status().pods().get(0).phase()).isEqualTo(PodPhase.LOST);
        assertThat(status().pods().get(0).cause()).isEqualTo(PodEnd.NODE_LOST);
    }

    @Test
    void pods_that_were_let_go_are_missing_and_the_attempt_goes_with_the_last() {
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.pod(pod(1, PodPhase.RUNNING, NODE));
        sightings.letGo(ATTEMPT, Optional.of(40L));
        assertThat(sightings.grace(ATTEMPT)).isEqualTo(40);
        sightings.letGo(ATTEMPT, Optional.empty());
        assertThat(sightings.grace(ATTEMPT)).as("what was said stays").isEqualTo(40);
        sightings.groupGone("team/01a-1");
        sightings.podGone("team/01a-1-worker-0", Optional.empty());
        assertThat(status().pods()).extracting(PodStatus::pod).containsExactly(ref(1));
        sightings.podGone("team/01a-1-worker-1", Optional.empty());
        assertThat(sightings.status(ATTEMPT)).isEmpty();
        assertThat(sightings.attempts()).isEmpty();
    }

    @Test
    void the_schedulers_word_is_told_while_the_gang_waits() {
        sightings.group(group(false, "2/2 tasks in gang unschedulable"));
        sightings.pod(pod(0, PodPhase.PENDING, null));
        assertThat(status().message()).isEqualTo("2/2 tasks in gang unschedulable");
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        sightings.pod(pod(1, PodPhase.RUNNING, NODE));
        assertThat(status().message()).isEmpty();
    }

    @Test
    void times_are_told_by_our_clock_where_the_clusters_is_another() {
        clusterClock.heard(NOW, NOW.plusSeconds(300));
        sightings.group(group(true, ""));
        sightings.pod(pod(0, PodPhase.RUNNING, NODE));
        assertThat(status().pods().get(0).startedAt()).isEqualTo(NOW.minusSeconds(300));
    }

    @Test
    void a_second_more_or_less_is_no_difference_of_clocks() {
        clusterClock.heard(NOW, NOW.minusSeconds(1));
        assertThat(clusterClock.ours(NOW)).isEqualTo(NOW);
    }

    private GangStatus status() {
        return sightings.status(ATTEMPT).orElseThrow();
    }

    private static GroupFacts group(boolean started, String message) {
        return new GroupFacts(
                "team",
                "01a-1",
                "g",
                ATTEMPT,
                GangShape.parse("worker=blue:2"),
                started,
                message,
                false,
                java.util.Set.of());
    }

    /** Whose workers the leader makes. */
    private static GroupFacts ofLeader() {
        return new GroupFacts(
                "team",
                "01a-1",
                "g",
                ATTEMPT,
                GangShape.parse("worker=blue:1"),
                true,
                "",
                false,
                java.util.Set.of(new RoleName("worker")));
    }

    private static PodFacts named(String name, PodPhase phase) {
        PodStatus status = new PodStatus(
                ref(0),
                phase,
                new PoolName("blue"),
                NODE,
                NOW,
                phase.isFinal() ? NOW : null,
                null,
                phase.isFinal() ? PodEnd.JVM_OOM : null,
                "");
        return new PodFacts("team", name, "uid-" + name, "main", status, false, false);
    }

    private static PodRef ref(int index) {
        return new PodRef(ATTEMPT, new RoleName("worker"), index);
    }

    private static PodFacts pod(int index, PodPhase phase, @Nullable NodeName node) {
        Instant startedAt = phase == PodPhase.PENDING ? null : NOW;
        PodStatus status =
                new PodStatus(ref(index), phase, new PoolName("blue"), node, startedAt, null, null, null, "");
        return new PodFacts("team", ref(index).toString(), "u" + index, "main", status, false, false);
    }

    private static NodeFacts node(Map<String, String> labels) {
        return new NodeFacts(NODE, labels, List.of(), Resources.NONE, 110, true, false, false);
    }
}
