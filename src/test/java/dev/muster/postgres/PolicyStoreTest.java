package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.policy.Pause;
import dev.muster.quota.policy.Policy;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PolicyStoreTest {
    @Inject
    PolicyStore policies;

    @Inject
    PauseStore pauses;

    @Test
    void a_revision_is_added_once_and_the_one_who_comes_late_changes_nothing() {
        long before = policies.current().revision();
        Policy applied = policies.apply(before, Map.of("backfill.depth", "3"), ACTOR, "more order", NOW)
                .orElseThrow();
        assertThat(applied.revision()).isEqualTo(before + 1);
        assertThat(policies.apply(before, Map.of("backfill.depth", "9"), ACTOR, "late", NOW))
                .isEmpty();
        assertThat(policies.current()).isEqualTo(applied);
        assertThat(policies.find(applied.revision())).contains(applied);
        assertThat(policies.latest(1)).containsExactly(applied);
        assertThat(policies.find(0)).contains(Policy.standard());
        policies.apply(before + 1, Map.of(), ACTOR, "back to the standard", NOW);
        assertThat(policies.current().settings()).isEqualTo(Policy.standard().settings());
    }

    @Test
    void the_first_pause_of_a_queue_stays_until_it_is_resumed() {
        QueueName queue = new QueueName("paused-once");
        Pause first = new Pause(queue, ACTOR, "moving racks", NOW);
        assertThat(pauses.pause(first)).isTrue();
        assertThat(pauses.pause(new Pause(queue, "another", "too", NOW))).isFalse();
        assertThat(pauses.all()).contains(first);
        assertThat(pauses.resume(queue, ACTOR, "done", NOW)).isTrue();
        assertThat(pauses.resume(queue, ACTOR, "done", NOW)).isFalse();
        assertThat(pauses.all()).doesNotContain(first);
    }
}
