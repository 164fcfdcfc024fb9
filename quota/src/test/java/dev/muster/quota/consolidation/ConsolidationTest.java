package dev.muster.quota.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fragmentation.Cluster;
import dev.muster.quota.fragmentation.NodeRoom;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which nodes are proposed to be emptied, and what never is. */
class ConsolidationTest {
    private static final Rules RULES = new Rules(false, 10, false, Duration.ofMinutes(10), 3);
    private static final Rules GANGS = new Rules(false, 10, true, Duration.ofMinutes(10), 3);

    @Test
    void a_lingering_executor_moves_to_a_node_that_is_held_anyway() {
        List<Proposal> found = propose(new Cluster().nodes(3).job(1, 1, 4, 0, 1).job(2, 1, 20, 0), RULES);

        assertThat(found).singleElement().satisfies(proposal -> {
            assertThat(proposal.node()).isEqualTo(new NodeName("node-1"));
            assertThat(proposal.gain()).isEqualByComparingTo("1.6");
            // 4 cores for an hour.
            assertThat(proposal.cost()).isEqualTo(4 * 3600);
            assertThat(proposal.moves()).singleElement().satisfies(move -> {
                assertThat(move.wholeGang()).isFalse();
                assertThat(move.to()).containsExactly(Map.entry(new NodeName("node-0"), 1));
            });
            assertThat(proposal.decisions()).singleElement().isInstanceOfSatisfying(Decision.Shrink.class, shrink -> {
                assertThat(shrink.inFavourOf()).isNull();
                assertThat(shrink.reason().code()).isEqualTo(ReasonCode.CONSOLIDATED);
                assertThat(shrink.reason().message()).contains("1 pod on node node-1", "room on node-0");
            });
        });
    }

    @Test
    void a_pod_of_a_gang_never_moves_alone() {
        assertThat(propose(new Cluster().nodes(2).job(1, 2, 4, 0, 1).job(2, 1, 20, 0), GANGS))
                .isEmpty();
    }

    @Test
    void a_whole_gang_on_one_node_moves_where_the_policy_lets_it() {
        Cluster cluster = new Cluster().nodes(2).job(1, 2, 4, 1, 1).job(2, 1, 20, 0);

        assertThat(propose(cluster, RULES)).isEmpty();
        assertThat(propose(cluster, GANGS)).singleElement().satisfies(proposal -> assertThat(proposal.decisions())
                .singleElement()
                .isInstanceOf(Decision.Evict.class));
    }

    @Test
    void nothing_moves_to_an_empty_node_nor_where_there_is_no_room() {
        assertThat(propose(new Cluster().nodes(3).job(1, 1, 4, 0, 1).job(2, 1, 27, 0), RULES))
                .isEmpty();
    }

    @Test
    void of_two_nodes_that_could_take_each_others_pods_one_is_emptied() {
        assertThat(propose(new Cluster().nodes(2).job(1, 1, 4, 0, 1).job(2, 1, 4, 1, 0), RULES))
                .isEmpty();
        assertThat(propose(new Cluster().nodes(3).job(1, 1, 4, 0, 1, 2), RULES)).hasSize(1);
    }

    @Test
    void who_runs_for_a_short_time_is_left_alone() {
        assertThat(propose(
                        new Cluster()
                                .nodes(2)
                                .job(1, 1, 4, 0, 1)
                                .job(2, 1, 20, 0)
                                .startedBefore(599),
                        RULES))
                .isEmpty();
    }

    @Test
    void the_same_room_is_never_counted_on_twice_and_no_gang_falls_below_its_minimum() {
        Random random = new Random(11);
        int proposals = 0;
        for (int round = 0; round < 300; round++) {
            Cluster cluster = new Cluster().nodes(8);
            for (int job = 0; job < 12; job++) {
                int pods = 1 + random.nextInt(4);
                int[] nodes = random.ints(pods, 0, 6).toArray();
                cluster.job(job, random.nextInt(pods + 1), 1 + random.nextInt(5), nodes);
            }
            Snapshot snapshot = cluster.snapshot();
            if (NodeRoom.of(snapshot).values().stream()
                    .anyMatch(room -> room.used().amount("cpu") > 32_000)) {
                continue;
            }
            List<Proposal> found =
                    Consolidation.propose(snapshot, random.nextBoolean() ? RULES : GANGS, Cluster.PRICES);
            proposals += found.size();
            check(snapshot, found);
        }
        assertThat(proposals).as("enough of them to show it").isGreaterThan(100);
    }

    private static void check(Snapshot snapshot, List<Proposal> found) {
        Map<NodeName, Long> used = new HashMap<>();
        NodeRoom.of(snapshot).forEach((name, room) -> used.put(name, room.used().amount("cpu")));
        Set<NodeName> emptied = new HashSet<>();
        found.forEach(proposal -> emptied.add(proposal.node()));
        assertThat(emptied).hasSize(found.size());
        for (Proposal proposal : found) {
            NodeRoom from = NodeRoom.of(snapshot).get(proposal.node());
            assertThat(proposal.moves().stream().mapToInt(Proposal.Move::count).sum())
                    .as("all that is there goes")
                    .isEqualTo(from.pods());
            for (Proposal.Move move : proposal.moves()) {
                assertThat(emptied).doesNotContainAnyElementsOf(move.to().keySet());
                assertThat(move.to().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(move.count());
                long cpu = move.pods().get(0).pod().amount("cpu");
                move.to().forEach((node, pods) -> used.merge(node, pods * cpu, Long::sum));
                LiveAttempt attempt = snapshot.live().stream()
                        .filter(live -> live.id().equals(move.attempt()))
                        .findFirst()
                        .orElseThrow();
                int all = attempt.pods().stream()
                        .mapToInt(LiveAttempt.Held::count)
                        .sum();
                if (!move.wholeGang()) {
                    assertThat(all - move.count())
                            .isGreaterThanOrEqualTo(attempt.roles().get(0).minimum());
                }
            }
        }
        used.forEach((node, cpu) -> assertThat(cpu).as(node.value()).isLessThanOrEqualTo(32_000));
    }

    private static List<Proposal> propose(Cluster cluster, Rules rules) {
        return Consolidation.propose(cluster.snapshot(), rules, Cluster.PRICES);
    }
}
