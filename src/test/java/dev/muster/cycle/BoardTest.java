package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Board board = new Board();

    @Test
    void before_the_first_plan_nothing_is_known() {
        assertThat(board.view()).isEmpty();
        assertThat(board.reasons(new JobId("a"))).isEmpty();
        assertThat(board.status().leads()).isFalse();
    }

    @Test
    void a_held_job_has_the_reasons_of_the_plan() {
        PendingJob job = pending("first", NOW);
        publish(job);
        assertThat(board.reasons(job.id())).isNotEmpty();
        assertThat(board.view().orElseThrow().decision(job.id())).isPresent();
        assertThat(board.reasons(new JobId("unknown"))).isEmpty();
    }

    @Test
    void jobs_of_the_same_queue_that_are_older_go_ahead() {
        PendingJob young = pending("young", NOW.plusSeconds(1));
        PendingJob old = pending("old", NOW);
        publish(young, old);
        Board.View view = board.view().orElseThrow();
        assertThat(view.ahead(old.id())).hasValue(0);
        assertThat(view.ahead(young.id())).hasValue(1);
        assertThat(view.ahead(new JobId("unknown"))).isEmpty();
    }

    @Test
    void what_a_queue_holds_counts_for_all_above_it() {
        publish(pending("first", NOW));
        Board.View view = board.view().orElseThrow();
        assertThat(view.used(new QueueName("all"))).isEqualTo(Resources.of("cpu", 2000));
        assertThat(view.used(new QueueName("root"))).isEqualTo(Resources.of("cpu", 2000));
        assertThat(view.used(new QueueName("other"))).isEqualTo(Resources.NONE);
        assertThat(view.waiting(new QueueName("root"))).isEqualTo(1);
    }

    /** Nodes there are none, so every job is held; one attempt of two pods lives. */
    private void publish(PendingJob... pending) {
        LiveAttempt live = new LiveAttempt(
                new AttemptId(new JobId("running"), 1),
                new QueueName("all"),
                2,
                NOW,
                List.of(new LiveAttempt.Held(
                        new RoleName("worker"), new PoolName("cpu"), null, Resources.of("cpu", 1000), 2)));
        Snapshot snapshot = new Snapshot(
                NOW,
                List.of(queue("root", null), queue("all", "root"), queue("other", "root")),
                List.of(),
                List.of(pending),
                List.of(live),
                PlanSettings.DEFAULT);
        Plan plan = new Planner().plan(snapshot);
        assertThat(plan.decisions())
                .extracting(decision -> decision.reason().code())
                .doesNotContain(ReasonCode.FITS);
        board.publish(snapshot, plan);
    }

    private static PendingJob pending(String name, Instant since) {
        Job job = Work.gang(name, 1).submittedAt(since);
        return Gangs.pending(job, false, WaitStore.Wait.NONE, null);
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
