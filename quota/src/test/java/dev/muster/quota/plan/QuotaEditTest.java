package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.amounts;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaEditTest {
    private static Situation situation() {
        return given().pool("p", 4, "cpu 4")
                .queue("etl", null, "", "", "cpu 6")
                .queue("other")
                .running("r", "etl", "p-0", 2, "cpu 2")
                .pending("small", "etl", 1, "cpu 1")
                .pending("middle", "etl", 1, "cpu 3")
                .pending("large", "etl", 4, "cpu 2")
                .pending("elsewhere", "other", 1, "cpu 1");
    }

    private static QuotaEdit.Preview with(String capability) {
        return with(new QueueSpec(
                new QueueName("etl"), null, Resources.NONE, Resources.NONE, amounts(capability), 1, QueueState.OPEN));
    }

    private static QuotaEdit.Preview with(QueueSpec etl) {
        Situation situation = situation();
        return QuotaEdit.preview(
                situation.snapshot(),
                situation.queues.stream()
                        .map(queue -> queue.name().equals(etl.name()) ? etl : queue)
                        .toList());
    }

    private static List<String> told(QuotaEdit.Preview preview) {
        return preview.effects().stream()
                .map(effect -> effect.kind() + " " + effect.job() + " "
                        + effect.because().code())
                .toList();
    }

    @Test
    void what_changes_nothing_affects_nobody() {
        QuotaEdit.Preview same = with("cpu 6");

        assertThat(same.problems()).isEmpty();
        assertThat(same.effects()).isEmpty();
        assertThat(same.above()).isEmpty();
    }

    @Test
    void a_cut_names_who_never_runs_who_is_held_and_which_queue_holds_too_much() {
        QuotaEdit.Preview cut = with("cpu 2");

        assertThat(told(cut)).containsExactly("NEVER_RUNS middle ABOVE_CAPABILITY", "HELD small CAPABILITY_REACHED");
        assertThat(cut.above())
                .containsExactly(new QuotaEdit.Above(new QueueName("etl"), "cpu", "4", "2", List.of(new JobId("r"))));
    }

    @Test
    void more_quota_lets_jobs_start_and_makes_possible_what_was_not() {
        assertThat(told(with("cpu 8")))
                .containsExactly("LET_START middle CAPABILITY_REACHED", "COULD_RUN large CAPABILITY_REACHED");
    }

    @Test
    void a_queue_that_drains_or_goes_holds_its_jobs() {
        Situation situation = situation();
        QueueSpec draining = new QueueSpec(
                new QueueName("other"), null, Resources.NONE, Resources.NONE, null, 1, QueueState.DRAINING);

        assertThat(told(QuotaEdit.preview(situation.snapshot(), List.of(situation.queues.get(0), draining))))
                .containsExactly("HELD elsewhere QUEUE_CLOSED");
        assertThat(told(QuotaEdit.preview(situation.snapshot(), List.of(situation.queues.get(0)))))
                .containsExactly("HELD elsewhere QUEUE_UNKNOWN");
    }

    @Test
    void a_guarantee_for_one_holds_the_others() {
        QuotaEdit.Preview kept = with(new QueueSpec(
                new QueueName("etl"), null, amounts("cpu 16"), amounts("cpu 16"), null, 1, QueueState.OPEN));

        assertThat(told(kept)).contains("HELD elsewhere GUARANTEE_OF_OTHERS", "LET_START middle CAPABILITY_REACHED");
    }

    @Test
    void queues_that_make_no_sense_are_told_and_nothing_else() {
        QuotaEdit.Preview bad = with(new QueueSpec(
                new QueueName("etl"), null, amounts("cpu 9"), amounts("cpu 8"), null, 1, QueueState.OPEN));

        assertThat(bad.problems()).hasSize(1);
        assertThat(bad.effects()).isEmpty();
    }
}
