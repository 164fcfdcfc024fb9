package dev.muster.quota.queue;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Situation;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueTreeTest {
    private static final QueueName ORG = new QueueName("org");
    private static final QueueName TEAM = new QueueName("team");
    private static final QueueName LEAF = new QueueName("leaf");

    private final QueueTree tree = QueueTree.of(given()
            .queue("org", null, "cpu 4", "cpu 8", "cpu 10, memory 4Gi")
            .queue("team", "org", "cpu 2", "cpu 8", "cpu 20")
            .queue("leaf", "team", "cpu 2", "cpu 2", "memory 8Gi, nvidia.com/gpu 0")
            .queue("other", "org", "cpu 2", "", null)
            .queues
            .stream()
            .map(queue -> queue.name().value().equals("other")
                    ? new QueueSpec(queue.name(), ORG, Resources.NONE, Resources.NONE, null, 1, QueueState.DRAINING)
                    : queue)
            .toList());

    @Test
    void it_shows_children_lineage_and_leaves() {
        assertThat(tree.roots()).containsExactly(ORG);
        assertThat(tree.children(ORG)).containsExactly(new QueueName("other"), TEAM);
        assertThat(tree.lineage(LEAF)).extracting(QueueSpec::name).containsExactly(LEAF, TEAM, ORG);
        assertThat(tree.isLeaf(LEAF)).isTrue();
        assertThat(tree.isLeaf(TEAM)).isFalse();
        assertThat(tree.isLeaf(new QueueName("nowhere"))).isFalse();
    }

    @Test
    void effective_capability_is_the_least_that_any_above_allows() {
        assertThat(tree.effectiveCapability(LEAF))
                .isEqualTo(Map.of("cpu", 10_000L, "memory", 4L << 30, "nvidia.com/gpu", 0L));
        assertThat(tree.effectiveCapability(ORG)).isEqualTo(Map.of("cpu", 10_000L, "memory", 4L << 30));
    }

    @Test
    void the_state_of_a_queue_is_the_strictest_above_it() {
        assertThat(tree.effectiveState(LEAF)).isEqualTo(QueueState.OPEN);
        assertThat(tree.effectiveState(new QueueName("other"))).isEqualTo(QueueState.DRAINING);
    }

    @Test
    void what_is_held_below_is_held_above() {
        assertThat(tree.used(Map.of(LEAF, Resources.of("cpu", 2), new QueueName("other"), Resources.of("cpu", 3))))
                .containsEntry(LEAF, Resources.of("cpu", 2))
                .containsEntry(TEAM, Resources.of("cpu", 2))
                .containsEntry(ORG, Resources.of("cpu", 5));
    }

    private static void refused(Situation situation, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueTree.of(situation.queues))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }

    @Test
    void a_circle_is_refused_with_its_way_and_does_not_stop_a_lenient_tree() {
        Situation circle = given().queue("a", "c", "", "", null)
                .queue("b", "a", "", "", null)
                .queue("c", "b", "", "", null)
                .queue("tail", "a", "", "", null);
        refused(circle, "a → c → b → a");
        refused(given().queue("self", "self", "", "", null), "self → self");

        QueueTree lenient = QueueTree.lenient(circle.queues);
        assertThat(lenient.lineage(new QueueName("tail"))).hasSizeLessThanOrEqualTo(4);
        assertThat(lenient.roots()).containsExactly(new QueueName("a"));
    }

    @Test
    void a_dangling_parent_is_refused_with_both_names() {
        refused(given().queue("team", "org", "", "", null), "Queue team has the parent org, which does not exist");
    }

    @Test
    void a_name_twice_is_refused() {
        refused(given().queue("team").queue("team"), "Queue team is there twice");
    }

    @Test
    void guarantee_deserved_and_capability_must_rise() {
        refused(
                given().queue("team", null, "cpu 5", "cpu 4", null),
                "Too much cpu: team's guarantee is 5, team's deserved is 4");
        refused(
                given().queue("team", null, "", "cpu 4, memory 2Gi", "memory 1Gi"),
                "Too much memory: team's deserved is 2Gi, team's capability is 1Gi");
        assertThat(QueueTreeProblems.of(given().queue("team", null, "cpu 1", "cpu 4", "memory 1Gi").queues))
                .isEmpty();
    }

    @Test
    void children_together_must_not_have_more_than_their_parent() {
        refused(
                given().queue("org", null, "cpu 4", "cpu 10", null)
                        .queue("a", "org", "cpu 3", "cpu 6", null)
                        .queue("b", "org", "cpu 2", "cpu 5", null),
                "the sum of the guarantee of org's children is 5, its own is 4",
                "the sum of the deserved of org's children is 11, its own is 10");
    }

    @Test
    void absurd_amounts_do_not_overflow_into_a_sound_tree() {
        String most = "example.com/thing 9223372036854775807";
        refused(
                given().queue("org", null, "", "example.com/thing 5", null)
                        .queue("a", "org", "", most, null)
                        .queue("b", "org", "", most, null),
                "Too much example.com/thing");
    }
}
