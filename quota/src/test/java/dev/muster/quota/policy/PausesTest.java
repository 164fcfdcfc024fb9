package dev.muster.quota.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PausesTest {
    private static final Reason FITS = new Reason(ReasonCode.FITS, "it fits", null, Map.of());
    private static final Reason FULL = new Reason(ReasonCode.NODES_FULL, "nothing free", null, Map.of());
    private static final QueueTree TREE =
            QueueTree.of(List.of(queue("org", null), queue("vision", "org"), queue("nlp", null)));

    @Test
    void nothing_is_launched_or_evicted_in_a_paused_queue_nor_below_it() {
        Plan left = withhold(pause("org"), launch("vision"), evict("vision"), launch("nlp"));
        assertThat(left.decisions()).hasSize(2);
        assertThat(left.decisions().get(1).reason().code()).isEqualTo(ReasonCode.PAUSED);
        assertThat(left.decisions().get(1).reason().message())
                .isEqualTo(
                        "it would be launched now, but queue org is paused by anna since 1970-01-01T00:00:00Z: moving racks");
        assertThat(left.launches()).extracting(Decision.Launch::job).containsExactly(new JobId("launch-nlp"));
    }

    @Test
    void a_pause_of_the_cluster_is_one_of_every_queue() {
        assertThat(withhold(pause(null), launch("vision"), launch("nlp")).launches())
                .isEmpty();
    }

    @Test
    void who_waits_anyway_keeps_the_reason_why() {
        Decision hold = new Decision.Hold(new JobId("hold-nlp"), List.of(FULL));
        assertThat(withhold(pause(null), hold).decisions()).containsExactly(hold);
    }

    @Test
    void without_a_pause_the_plan_stays_as_it_is() {
        Plan plan = new Plan(List.of(launch("vision")));
        assertThat(Pauses.NONE.withhold(plan, TREE, PausesTest::queueOf)).isSameAs(plan);
    }

    private static Plan withhold(Pause pause, Decision... decisions) {
        return new Pauses(List.of(pause)).withhold(new Plan(List.of(decisions)), TREE, PausesTest::queueOf);
    }

    private static QueueName queueOf(JobId job) {
        return new QueueName(job.value().substring(job.value().indexOf('-') + 1));
    }

    private static Pause pause(@Nullable String queue) {
        return new Pause(queue == null ? null : new QueueName(queue), "anna", "moving racks", Instant.EPOCH);
    }

    private static Decision launch(String queue) {
        return new Decision.Launch(new JobId("launch-" + queue), Map.of(), FITS);
    }

    private static Decision evict(String queue) {
        JobId job = new JobId("evict-" + queue);
        return new Decision.Evict(job, new AttemptId(job, 1), new JobId("launch-" + queue), FITS);
    }

    private static QueueSpec queue(String name, @Nullable String parent) {
        return new QueueSpec(
                new QueueName(name),
                parent == null ? null : new QueueName(parent),
                Resources.NONE,
                Resources.NONE,
                null,
                1,
                QueueState.OPEN);
    }
}
