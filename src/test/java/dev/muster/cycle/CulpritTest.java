package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CulpritTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final IllegalStateException WHOLE = new IllegalStateException("the whole");

    private final List<PendingJob> pending = IntStream.range(0, 300)
            .mapToObj(i -> Gangs.pending(
                    Work.gang("job" + i, 1).submittedAt(NOW.minusSeconds(60)), false, WaitStore.Wait.NONE, null))
            .toList();
    private final List<LiveAttempt> live = IntStream.range(0, 5)
            .mapToObj(i -> new LiveAttempt(
                    new AttemptId(new JobId("running" + i), 1),
                    new QueueName("all"),
                    2,
                    NOW.minusSeconds(60),
                    List.of(new LiveAttempt.Held(
                            new RoleName("worker"), new PoolName("cpu0"), null, Resources.of("cpu", 1000), 1)),
                    pending.get(0).roles(),
                    pending.get(0).traits(),
                    null))
            .toList();
    private final Snapshot snapshot = new Snapshot(
            NOW,
            List.of(queue("all"), queue("other")),
            IntStream.range(0, 4)
                    .mapToObj(i -> new Node(
                            new NodeName("node" + i),
                            new PoolName("cpu" + i),
                            Map.of(),
                            List.of(),
                            Resources.of("cpu", 16_000),
                            Resources.NONE,
                            110,
                            0,
                            true))
                    .toList(),
            pending,
            live,
            PlanSettings.DEFAULT);
    private final AtomicInteger plans = new AtomicInteger();

    @Test
    void a_waiting_job_is_found_among_hundreds_in_a_dozen_plans() {
        String poison = pending.get(211).id().value();
        assertThat(culprit(part ->
                        part.pending().stream().anyMatch(job -> job.id().value().equals(poison))))
                .isEqualTo(new Suspect(Suspect.Kind.WAITING, poison));
        assertThat(plans).hasValueLessThan(12);
    }

    @Test
    void every_waiting_job_is_found_and_no_other() {
        for (PendingJob job : pending) {
            assertThat(culprit(part -> part.pending().contains(job)))
                    .isEqualTo(new Suspect(Suspect.Kind.WAITING, job.id().value()));
        }
    }

    @Test
    void what_runs_is_found_and_is_in_the_ledger_of_every_trial() {
        assertThat(culprit(part -> {
                    assertThat(part.live()).extracting(LiveAttempt::pods).hasSize(5);
                    return !part.live().get(3).roles().isEmpty();
                }))
                .isEqualTo(new Suspect(Suspect.Kind.RUNNING, "running3"));
    }

    @Test
    void a_pool_and_a_queue_are_found() {
        assertThat(culprit(part -> part.nodes().stream()
                        .anyMatch(node -> node.pool().value().equals("cpu2"))))
                .isEqualTo(new Suspect(Suspect.Kind.POOL, "cpu2"));
        assertThat(culprit(part -> part.queues().get(1).weight() == 3))
                .isEqualTo(new Suspect(Suspect.Kind.QUEUE, "other"));
    }

    @Test
    void two_that_fail_only_together_are_told_apart() {
        assertThat(culprit(part -> part.pending().contains(pending.get(17))
                        && part.pending().contains(pending.get(200))))
                .isEqualTo(
                        new Suspect(Suspect.Kind.WAITING, pending.get(200).id().value()));
    }

    @Test
    void what_fails_with_nothing_in_it_is_nobodys_fault() {
        assertThat(Culprit.in(snapshot, WHOLE, part -> {
                    throw WHOLE;
                }))
                .isEmpty();
    }

    private Suspect culprit(Predicate<Snapshot> fails) {
        plans.set(0);
        Planner planner = new Planner();
        return Culprit.in(snapshot, WHOLE, part -> {
                    plans.incrementAndGet();
                    planner.plan(part);
                    if (fails.test(part)) {
                        throw new IllegalStateException("poison");
                    }
                })
                .orElseThrow()
                .suspect();
    }

    private static QueueSpec queue(String name) {
        return new QueueSpec(new QueueName(name), null, Resources.NONE, Resources.NONE, null, 3, QueueState.OPEN);
    }
}
