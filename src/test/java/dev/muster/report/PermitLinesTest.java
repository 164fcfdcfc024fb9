package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Attempt;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may make an offering grow is told with how far it is, until all its pods have nodes; and who waits for that right. */
class PermitLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final PoolName POOL = new PoolName("spot-a");
    private static final Offering OFFERING = new Offering(POOL, CapacityType.SPOT, "eu-1a", "m5");
    private static final QueueName QUEUE = new QueueName("all");
    private static final JobId HOLDER = new JobId("01h00000000000000000000001");
    private static final JobId FILLED = new JobId("01h00000000000000000000002");
    private static final JobId WAITS = new JobId("01h00000000000000000000003");

    @Test
    void a_holder_is_told_until_its_last_pod_has_a_node_and_who_waits_behind_it() {
        List<Permits.Line> lines = Permits.lines(
                List.of(asking(HOLDER), asking(FILLED)),
                List.of(live(HOLDER, 1, 3), live(FILLED, 4, 0)),
                List.of(waiting()),
                job -> List.of(
                        new Reason(ReasonCode.PERMIT_OF_OTHERS, "others ask", "", Map.of("holders." + OFFERING, "1"))));

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.offering()).isEqualTo(OFFERING);
            assertThat(line.holders())
                    .containsExactly(new Permits.Holding(HOLDER, QUEUE, 3, 1, 4, NOW, NOW.plus(Duration.ofMinutes(5))));
            assertThat(line.waiting()).singleElement().satisfies(waits -> {
                assertThat(waits.job()).isEqualTo(WAITS);
                assertThat(waits.priority()).isEqualTo(10);
            });
        });
    }

    @Test
    void where_nobody_asks_for_nodes_nothing_is_told() {
        assertThat(Permits.lines(List.of(), List.of(live(FILLED, 4, 0)), List.of(waiting()), job -> List.of()))
                .isEmpty();
    }

    private static Attempt asking(JobId job) {
        return Attempt.launching(
                new AttemptId(job, 1),
                Map.of(new RoleName("worker"), Map.of(POOL, 4)),
                List.of(new Permit(OFFERING, 3, Duration.ofMinutes(5))),
                NOW,
                NOW.plusSeconds(600));
    }

    private static LiveAttempt live(JobId job, int bound, int unbound) {
        Resources pod = Resources.of(Map.of("cpu", 1_000L));
        RoleName worker = new RoleName("worker");
        LiveAttempt.Held with = new LiveAttempt.Held(worker, POOL, new NodeName("n1"), pod, Math.max(1, bound));
        LiveAttempt.Held without = new LiveAttempt.Held(worker, POOL, null, pod, Math.max(1, unbound));
        return new LiveAttempt(
                new AttemptId(job, 1), QUEUE, 2, NOW, unbound == 0 ? List.of(with) : List.of(with, without));
    }

    private static PendingJob waiting() {
        return new PendingJob(WAITS, QUEUE, 10, NOW, List.of(), Map.of());
    }
}
