package dev.muster.kubernetes.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a node may still come for a pod, by the last word of the autoscaler. */
class WordsTest {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final Words words = new Words(() -> now);

    @Test
    void a_refusal_counts_when_it_has_settled() {
        assertThat(words.heard(pod("a", "NotTriggerScaleUp", "1 in backoff after failed scale-up")))
                .containsExactly("a");
        assertThat(words.refusal(List.of("a"))).isEmpty();
        pass(10);
        assertThat(words.refusal(List.of("b", "a"))).contains("NotTriggerScaleUp: 1 in backoff after failed scale-up");
        assertThat(words.refusal(List.of("b"))).isEmpty();
    }

    @Test
    void a_refusal_that_is_repeated_counts_from_the_first() {
        words.heard(pod("a", "NotTriggerScaleUp", "max size reached"));
        pass(9);
        words.heard(pod("a", "NotTriggerScaleUp", "max size reached"));
        pass(1);
        assertThat(words.refusal(List.of("a"))).isPresent();
    }

    @Test
    void a_node_that_is_asked_for_takes_the_refusal_back() {
        words.heard(pod("a", "FailedScheduling", "no instance type"));
        pass(5);
        assertThat(words.heard(pod("a", "Nominated", "Pod should schedule on: nodeclaim/default-x1")))
                .isEmpty();
        pass(60);
        assertThat(words.refusal(List.of("a"))).isEmpty();
    }

    @Test
    void a_claim_that_cannot_be_had_refuses_the_pods_that_wait_for_it() {
        words.heard(pod("a", "Nominated", "Pod should schedule on: nodeclaim/default-x1, node/n"));
        words.heard(pod("b", "Nominated", "Pod should schedule on: nodeclaim/default-x2"));
        pass(1);
        assertThat(words.heard(claim("default-x1", "InsufficientCapacityError", "no spot")))
                .containsExactly("a");
        pass(10);
        assertThat(words.refusal(List.of("a"))).contains("InsufficientCapacityError: no spot");
        assertThat(words.refusal(List.of("b"))).isEmpty();
        words.heard(pod("a", "Nominated", "Pod should schedule on: nodeclaim/default-x3"));
        assertThat(words.refusal(List.of("a"))).as("another offering is tried").isEmpty();
    }

    @Test
    void a_list_in_no_order_ends_with_the_latest_word() {
        Event asked = pod("a", "TriggeredScaleUp", "[{spot 0->3 (max: 40)}]");
        pass(5);
        Event refused = pod("a", "NotTriggerScaleUp", "in backoff");
        words.heard(refused);
        words.heard(asked);
        pass(10);
        assertThat(words.refusal(List.of("a"))).isPresent();
    }

    @Test
    void what_is_no_word_about_a_node_is_passed_over() {
        assertThat(words.heard(pod("a", "ScaleDown", "deleting pod for node scale down")))
                .isEmpty();
        assertThat(words.heard(new Event())).isEmpty();
        assertThat(words.heard(claim("x", "Launched", ""))).isEmpty();
        pass(60);
        assertThat(words.refusal(List.of("a"))).isEmpty();
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Event pod(String uid, String reason, String message) {
        return event("Pod", "pod-" + uid, uid, reason, message);
    }

    private Event claim(String name, String reason, String message) {
        return event("NodeClaim", name, "uid-" + name, reason, message);
    }

    private Event event(String kind, String name, String uid, String reason, String message) {
        return new EventBuilder()
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp(now.toString())
                .withNewInvolvedObject()
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .endInvolvedObject()
                .build();
    }
}
