package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.pool.Pool;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts, spans and shares as they are drawn. */
class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "cpu, 1500, 1.5",
        "cpu, 84000, 84",
        "cpu, 9999000, 9999",
        "cpu, 12345000, 12.3k",
        "memory, 1073741824, 1Gi",
        "memory, 40265318400, 37.5Gi",
        "memory, 0, 0B",
        "nvidia.com/gpu, 96, 96",
        "memory, 9223372036854775807, 8Ei"
    })
    void an_amount_is_a_few_digits_and_a_unit(String resource, long amount, String text) {
        assertThat(Amount.text(resource, amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.4 s", "59, 59 s", "60, 1 min", "252, 4 min 12 s", "7200, 2 h", "273600, 3 d 4 h"})
    void a_span_shows_its_two_largest_units(double seconds, String text) {
        assertThat(Moment.span(Duration.ofMillis(Math.round(seconds * 1000)))).isEqualTo(text);
    }

    @Test
    void a_moment_is_told_from_the_clock_of_the_service() {
        Instant now = Instant.parse("2026-11-21T09:30:00Z");

        assertThat(new Moment(now.minusSeconds(60), now).relative()).isEqualTo("1 min ago");
        assertThat(new Moment(now.plusSeconds(7200), now).relative()).isEqualTo("in 2 h");
        assertThat(new Moment(now.plusSeconds(5), now).age()).isEqualTo("0 s");
    }

    @Test
    void what_a_queue_holds_above_deserved_is_drawn_as_borrowed() {
        Bar bar = Bar.ofShare("cpu", 60_000, 10_000L, 40_000L, 80_000L, 100_000);

        assertThat(bar.used()).isEqualTo(40);
        assertThat(bar.borrowed()).isEqualTo(20);
        assertThat(bar.room()).isEqualTo(80);
        assertThat(bar.deserved()).isEqualTo(40);
        assertThat(bar.sentence()).isEqualTo("cpu: 60 used, guarantee 10, deserved 40, capability 80");
    }

    @Test
    void a_node_is_shown_full_only_where_nothing_more_fits() {
        PoolPanel panel = panel(List.of(0L, 50L, 3900L, 4000L));

        assertThat(panel.nodes()).extracting(PoolPanel.NodeBox::level).containsExactly(0, 1, 9, 10);
        assertThat(panel.nodes().get(2).title()).isEqualTo("n-2: cpu 3.9 of 4, 1 pods");
        assertThat(panel.sentence()).isEqualTo("4 nodes: 1 full, 1 empty, 0 not ready");
    }

    @Test
    void many_nodes_share_boxes() {
        PoolPanel panel = panel(IntStream.range(0, 10_000).mapToObj(i -> 2000L).toList());

        assertThat(panel.nodes()).hasSizeLessThanOrEqualTo(PoolPanel.MOST_BOXES);
        assertThat(panel.nodesPerBox()).isEqualTo(25);
        assertThat(panel.nodes()).allMatch(box -> box.level() == 5);
    }

    @Test
    void what_is_promised_to_pods_without_a_node_counts_for_the_pool() {
        PoolName pool = new PoolName("p");
        LiveAttempt.Held bound = held(pool, new NodeName("p-10"), 2);
        LiveAttempt.Held promised = held(pool, null, 3);
        LiveAttempt attempt = new LiveAttempt(
                new AttemptId(new JobId("01k90000000000000000000001"), 1),
                new QueueName("q"),
                2,
                Instant.EPOCH,
                List.of(bound, promised));

        Supply supply = Supply.of(List.of(node("p-10"), node("p-9")), List.of(attempt));
        PoolPanel panel = PoolPanel.of(pool(2), supply);

        assertThat(panel.pods()).isEqualTo(5);
        assertThat(panel.bars().get(0).usedText()).isEqualTo("5");
        assertThat(panel.nodes()).extracting(PoolPanel.NodeBox::level).containsExactly(0, 5);
    }

    @Test
    void queues_stand_below_their_parents_and_a_lost_child_is_not_lost_from_view() {
        List<QueueRow> rows = QueueRow.tree(
                List.of(queue("b", null, 50), queue("b1", "b", 80), queue("a", null, 0), queue("orphan", "gone", 0)),
                Map.of(),
                Resources.of("cpu", 100_000));

        assertThat(rows).extracting(QueueRow::name).containsExactly("a", "b", "b1", "orphan");
        assertThat(rows).extracting(QueueRow::depth).containsExactly(0, 0, 1, 0);
        assertThat(rows).extracting(QueueRow::leaf).containsExactly(true, false, true, true);
        assertThat(rows.get(2).bars().get(0).room())
                .as("its parent allows less")
                .isEqualTo(50);
    }

    private static QueueSpec queue(String name, @Nullable String parent, long capability) {
        return Samples.queue(name, parent, 0, 0, capability, QueueState.OPEN);
    }

    private static PoolPanel panel(List<Long> used) {
        List<Supply.NodeUse> nodes = IntStream.range(0, used.size())
                .mapToObj(i -> new Supply.NodeUse(
                        new NodeName("n-" + i),
                        true,
                        Resources.of("cpu", 4000),
                        new Supply.Held(Resources.of("cpu", used.get(i)), 1)))
                .toList();
        return PoolPanel.of(pool(used.size()), new Supply(Map.of(new PoolName("p"), nodes), Map.of()));
    }

    private static Pool pool(int nodes) {
        return new Pool(new PoolName("p"), nodes, Resources.of("cpu", 4000), Map.of(), List.of(), 110, null, false);
    }

    private static Node node(String name) {
        return new Node(
                new NodeName(name),
                new PoolName("p"),
                Map.of(),
                List.of(),
                Resources.of("cpu", 4000),
                Resources.NONE,
                110,
                0,
                true);
    }

    private static LiveAttempt.Held held(PoolName pool, @Nullable NodeName node, int count) {
        return new LiveAttempt.Held(new RoleName("worker"), pool, node, Resources.of("cpu", 1000), count);
    }
}
