package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static dev.muster.postgres.Jobs.job;
import static dev.muster.postgres.Jobs.jobs;
import static dev.muster.postgres.Jobs.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.job.Attempt;
import dev.muster.job.Backoff;
import dev.muster.job.Category;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobStoreTest {
    private static final TeamName TEAM = new TeamName("stores");

    @Inject
    JobStore store;

    @Inject
    AttemptStore attempts;

    @Inject
    EventStore events;

    @Inject
    PodEndStore ends;

    @Test
    void a_job_is_read_as_it_was_written() {
        Job job = job(TEAM);
        store.insert(List.of(job), ACTOR);
        assertThat(store.find(job.id())).contains(job);
    }

    @Test
    void every_part_of_a_job_that_a_move_changes_is_kept() {
        Job queued = inserted();
        Job launching = moved(queued, queued.launching());
        Job again = moved(
                launching,
                launching.requeued(
                        NOW.plusSeconds(5),
                        Category.LAUNCH_TIMEOUT,
                        Map.of(new PoolName("spot-a"), new Backoff(2, NOW.plusSeconds(60)))));
        assertThat(again.age()).isEqualTo(queued.age()).isNotEqualTo(again.queuedAt());
        Job relaunched = moved(again, again.launching());
        Job running = moved(relaunched, relaunched.running(NOW.plusSeconds(9)));
        Failure failure = new Failure(Category.OOM, new RoleName("worker"), 137, "worker-0 used more than 2Gi");
        Job failed = moved(running, running.finished(JobState.FAILED, NOW.plusSeconds(10), Outcome.failed(failure)));
        assertThat(failed.version()).isEqualTo(6);
        assertThat(failed.attempt()).isEqualTo(2);
        assertThat(failed.platformRetriesSpent()).isEqualTo(1);
        assertThat(types(events.of(queued.id())))
                .containsExactly(
                        "null→QUEUED",
                        "QUEUED→LAUNCHING",
                        "LAUNCHING→QUEUED",
                        "QUEUED→LAUNCHING",
                        "LAUNCHING→RUNNING",
                        "RUNNING→FAILED");
    }

    @Test
    void a_patch_changes_queue_and_class_and_says_so() {
        Job queued = inserted();
        Job patched = moved(queued, queued.with(new QueueName("other"), new PriorityClassName("rush"), 100));
        assertThat(patched.priority()).isEqualTo(100);
        Event last = last(events.of(queued.id())).event();
        assertThat(last.type()).isEqualTo(EventType.JOB_CHANGED);
        assertThat(last.to()).isEqualTo("other/rush");
    }

    @Test
    void a_move_from_what_is_no_longer_so_changes_nothing_and_writes_no_event() {
        Job queued = inserted();
        Job suspended = moved(queued, queued.to(JobState.SUSPENDED));
        assertThat(store.move(move(queued, queued.launching()))).isFalse();
        assertThat(store.find(queued.id())).contains(suspended);
        assertThat(events.of(queued.id())).hasSize(2);
    }

    @Test
    void of_many_who_move_a_job_at_once_exactly_one_wins() throws Exception {
        Job queued = inserted();
        List<Job> wishes = List.of(
                queued.launching(),
                queued.to(JobState.SUSPENDED),
                queued.finished(JobState.CANCELLED, NOW, Outcome.of(Outcome.Result.CANCELLED)),
                queued.with(new QueueName("other"), new PriorityClassName("rush"), 100));
        CyclicBarrier together = new CyclicBarrier(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> tries = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        together.await();
                        return store.move(move(queued, wishes.get(i % wishes.size())));
                    }))
                    .toList();
            int won = 0;
            for (Future<Boolean> attempt : tries) {
                won += attempt.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(events.of(queued.id())).hasSize(2);
            assertThat(store.find(queued.id()).orElseThrow().version()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_batch_of_moves_tells_which_have_won_and_writes_only_their_events() {
        List<Job> three = jobs(TEAM, 3);
        store.insert(three, ACTOR);
        Job taken = three.get(1);
        moved(taken, taken.to(JobState.SUSPENDED));
        Set<?> won = store.move(three.stream().map(j -> move(j, j.launching())).toList());
        assertThat(won).isEqualTo(Set.of(three.get(0).id(), three.get(2).id()));
        assertThat(store.find(taken.id()).orElseThrow().state()).isEqualTo(JobState.SUSPENDED);
        assertThat(types(events.of(three.get(2).id()))).containsExactly("null→QUEUED", "QUEUED→LAUNCHING");
    }

    @Test
    void a_move_and_its_event_are_there_together_or_not_at_all() {
        Job queued = inserted();
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    store.move(move(queued, queued.launching()));
                    throw new IllegalStateException("the caller fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.find(queued.id())).contains(queued);
        assertThat(events.of(queued.id())).hasSize(1);
    }

    @Test
    void only_a_final_job_of_the_version_that_was_seen_is_deleted_and_its_history_stays() {
        Job queued = inserted();
        assertThat(store.delete(queued, NOW, ACTOR)).isFalse();
        Job cancelled = moved(queued, queued.finished(JobState.CANCELLED, NOW, Outcome.of(Outcome.Result.CANCELLED)));
        assertThat(store.delete(queued, NOW, ACTOR)).isFalse();
        assertThat(store.delete(cancelled, NOW, ACTOR)).isTrue();
        assertThat(store.find(queued.id())).isEmpty();
        assertThat(last(events.of(queued.id())).event().type()).isEqualTo(EventType.JOB_DELETED);
    }

    @Test
    void the_database_refuses_a_second_live_attempt_of_a_job() {
        Job launching = inserted().launching();
        Attempt first = attempt(launching);
        attempts.insert(List.of(first));
        Attempt second =
                attempt(launching.requeued(NOW, Category.PREEMPTED, Map.of()).launching());
        assertThatThrownBy(() -> attempts.insert(List.of(second))).hasStackTraceContaining("attempt_live");
        assertThat(attempts.of(launching.id())).containsExactly(first);
    }

    @Test
    void a_hundred_thousand_jobs_are_inserted_in_batches() {
        TeamName team = new TeamName("crowd");
        for (int i = 0; i < 10; i++) {
            store.insert(jobs(team, 10_000), ACTOR);
        }
        assertThat(store.list(JobQuery.newest(1_000).in(team)).jobs()).hasSize(1_000);
    }

    @Test
    void the_end_of_a_pod_is_kept_once_and_goes_with_its_job() {
        Job queued = inserted();
        Job launching = moved(queued, queued.launching());
        Attempt attempt = attempt(launching);
        attempts.insert(List.of(attempt));
        PodStatus end = end(attempt, PodEnd.SPOT_INTERRUPTED);
        ends.add(Map.of("uid-1", end));
        ends.add(Map.of("uid-1", end(attempt, PodEnd.OTHER), "uid-2", end(attempt, PodEnd.JVM_OOM)));
        assertThat(ends.byPod(attempt.id()).values()).containsExactly(end, end(attempt, PodEnd.JVM_OOM));
        AttemptId unknown = new AttemptId(queued.id(), 7);
        ends.add(Map.of("uid-3", end(attempt, unknown, PodEnd.OTHER)));
        assertThat(ends.byPod(unknown)).as("of an attempt that was deleted").isEmpty();
    }

    private static PodStatus end(Attempt attempt, PodEnd cause) {
        return end(attempt, attempt.id(), cause);
    }

    private static PodStatus end(Attempt attempt, AttemptId id, PodEnd cause) {
        return new PodStatus(
                new PodRef(id, new RoleName("worker"), 0),
                PodPhase.FAILED,
                new PoolName("a"),
                new NodeName("n1"),
                attempt.createdAt(),
                NOW.plusSeconds(3),
                52,
                cause,
                "");
    }

    private static Attempt attempt(Job job) {
        return Attempt.launching(
                job.newestAttempt().orElseThrow(),
                Map.of(new RoleName("worker"), Map.of(new PoolName("a"), 2)),
                NOW,
                NOW.plusSeconds(600));
    }

    private Job inserted() {
        Job job = job(TEAM);
        store.insert(List.of(job), ACTOR);
        return job;
    }

    private Job moved(Job before, Job after) {
        assertThat(store.move(move(before, after))).isTrue();
        assertThat(store.find(before.id())).contains(after);
        return after;
    }

    private static List<String> types(List<RecordedEvent> recorded) {
        return recorded.stream()
                .map(e -> e.event().from() + "→" + e.event().to())
                .toList();
    }

    private static RecordedEvent last(List<RecordedEvent> recorded) {
        return recorded.get(recorded.size() - 1);
    }
}
