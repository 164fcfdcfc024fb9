package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingDemandTest {
    private static final Reason FULL = new Reason(ReasonCode.NODES_FULL, "nothing free", null, Map.of());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void gangs_that_wait_are_added_up_by_queue_and_those_that_start_are_not() {
        PendingJob first = pending(Work.gang("a", 3).in("blue").submittedAt(NOW.minusSeconds(60)));
        PendingJob second = pending(Work.elastic("b", 2, 9).in("blue").submittedAt(NOW.minusSeconds(10)));
        PendingJob starts = pending(Work.gang("c", 5).in("blue").submittedAt(NOW.minusSeconds(99)));

        WaitingDemand demand =
                WaitingDemand.of(List.of(first, second, starts), new Plan(List.of(hold(first), hold(second))), NOW);

        assertThat(demand.asked()).containsOnlyKeys(new QueueName("blue"));
        assertThat(demand.asked().get(new QueueName("blue")).asMap()).containsEntry(Resources.CPU, 5_000L);
        assertThat(demand.longest()).containsEntry(new QueueName("blue"), Duration.ofSeconds(60));
    }

    private static PendingJob pending(Job job) {
        return Gangs.pending(job, false, WaitStore.Wait.NONE, null);
    }

    private static Decision hold(PendingJob job) {
        return new Decision.Hold(job.id(), List.of(FULL));
    }
}
