package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QueueStoreTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    @Inject
    QueueStore queues;

    @Inject
    EventStore events;

    @Test
    void a_queue_is_read_as_it_was_written_and_each_write_is_a_version_with_an_event() {
        EventCursor before = events.end();
        Queue created = put("written", null);
        Queue child = put("written-below", "written");
        Versioned<Queue> kept = queues.find(created.name()).orElseThrow();
        assertThat(kept.value()).isEqualTo(created);
        assertThat(kept.version()).isEqualTo(1);
        assertThat(queues.put(created, OptionalLong.of(1), ACTOR, NOW)
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
        assertThat(queues.children(created.name())).containsExactly(child.name());
        assertThat(events.since(before, 10, EventStore.Filter.ALL))
                .extracting(e -> e.event().type() + " " + e.event().name() + " "
                        + e.event().to())
                .containsExactly(
                        EventType.QUEUE_CHANGED + " written 1",
                        EventType.QUEUE_CHANGED + " written-below 1",
                        EventType.QUEUE_CHANGED + " written 2");
    }

    @Test
    void a_write_with_a_stale_version_changes_nothing() {
        Queue queue = put("stale", null);
        put("stale", null);
        assertThat(queues.put(queue, OptionalLong.of(1), ACTOR, NOW)).isEmpty();
        assertThat(queues.put(queue, OptionalLong.of(0), ACTOR, NOW)).isEmpty();
        assertThat(queues.delete(queue.name(), OptionalLong.of(1), ACTOR, NOW)).isFalse();
        assertThat(queues.find(queue.name()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void of_two_edits_that_would_close_a_circle_together_one_is_refused() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String left = "left-" + round;
            String right = "right-" + round;
            put(left, null);
            put(right, null);
            List<Object> results = Together.call(List.of(() -> put(left, right), () -> put(right, left)));
            assertThat(results)
                    .filteredOn(IllegalArgumentException.class::isInstance)
                    .hasSize(1);
            assertThat(results).filteredOn(Queue.class::isInstance).hasSize(1);
        }
    }

    @Test
    void a_parent_that_is_below_or_missing_is_refused() {
        put("top", null);
        put("middle", "top");
        put("bottom", "middle");
        assertThatThrownBy(() -> put("top", "bottom"))
                .hasMessageContaining("top")
                .hasMessageContaining("bottom");
        assertThatThrownBy(() -> put("top", "top")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> put("orphan", "nowhere")).hasStackTraceContaining("queue_parent_fkey");
        assertThatThrownBy(() -> queues.delete(new QueueName("middle"), ANY, ACTOR, NOW))
                .hasStackTraceContaining("queue_parent_fkey");
        assertThat(queues.find(new QueueName("orphan"))).isEmpty();
        assertThat(queues.find(new QueueName("middle"))).isPresent();
    }

    @Test
    void a_deleted_queue_is_gone_and_may_come_back_as_a_new_one() {
        Queue queue = put("back", null);
        assertThat(queues.delete(queue.name(), OptionalLong.of(1), ACTOR, NOW)).isTrue();
        assertThat(queues.find(queue.name())).isEmpty();
        Optional<Versioned<Queue>> again = queues.put(queue, OptionalLong.of(0), ACTOR, NOW);
        assertThat(again.orElseThrow().version()).isEqualTo(1);
    }

    private Queue put(String name, @Nullable String parent) {
        QueueSpec spec = new QueueSpec(
                new QueueName(name),
                parent == null ? null : new QueueName(parent),
                Resources.of("cpu", 1_000),
                Resources.of("cpu", 2_000),
                null,
                3,
                QueueState.OPEN);
        return queues.put(new Queue(spec, new TeamName("vision")), ANY, ACTOR, NOW)
                .orElseThrow()
                .value();
    }
}
