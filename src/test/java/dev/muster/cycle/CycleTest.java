package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.job.RetryChange;
import dev.muster.job.RetryRules;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.resource.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OnVirtualTime.class)
class CycleTest {
    @Inject
    Site site;

    @Inject
    Board board;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        assertThat(site.live()).isEmpty();
    }

    @Test
    void a_gang_runs_from_its_queue_to_its_success() {
        Instant submitted = site.now();
        Job job = site.submit(Work.gang("train", 4));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(after.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(after.startedAt()).isEqualTo(submitted);
        assertThat(after.finishedAt()).isEqualTo(submitted.plusSeconds(60));
        assertThat(site.states(job)).containsExactly("QUEUED", "LAUNCHING", "RUNNING", "SUCCEEDED");
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> {
            assertThat(attempt.state()).isEqualTo(AttemptState.ENDED);
            assertThat(attempt.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(attempt.pods()).hasSize(4);
        });
    }

    @Test
    void a_gang_waits_until_the_room_for_all_of_it_is_free() {
        Instant submitted = site.now();
        Job first = site.submit(Work.gang("first", 6));
        Job second = site.submit(Work.gang("second", 4));
        site.run();
        assertThat(site.job(first).startedAt()).isEqualTo(submitted);
        assertThat(site.job(second).startedAt()).isEqualTo(submitted.plusSeconds(60));
        assertThat(site.job(second).finishedAt()).isEqualTo(submitted.plusSeconds(120));
    }

    @Test
    void a_job_does_not_start_before_the_time_it_names() {
        Instant start = site.now().plusSeconds(1000);
        Job job = site.submit(Work.gang("later", 1).notBefore(start));
        site.run();
        assertThat(site.job(job).startedAt()).isEqualTo(start);
        assertThat(site.job(job).queuedAt()).isEqualTo(start);
    }

    @Test
    void a_failed_attempt_is_tried_again_as_often_as_the_user_allows() {
        Job job = site.submit(Work.gang("flaky", 2).annotated("exit-code", "3").retrying(2));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.FAILED);
        assertThat(after.userRetriesSpent()).isEqualTo(2);
        assertThat(site.attempts(job)).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.state()).isEqualTo(AttemptState.ENDED);
            assertThat(failureOf(attempt)).isEqualTo(Category.USER_ERROR);
        });
        assertThat(after.outcome().failure().message())
                .isEqualTo("role worker pod 0 exited with 3: simulated failure; its 2 retries are spent");
    }

    @Test
    void an_attempt_after_one_that_was_killed_for_memory_asks_for_more_on_another_node_and_says_so() {
        RetryRules.Rule rule = new RetryRules.Rule(
                Category.OOM, null, null, true, null, new RetryChange(RetryChange.Avoid.NODE, 150, false));
        site.pool("cpu", 2, Resources.cpuAndMemory(4_000, 1 << 30));
        Job job = site.submit(Work.gang("hungry", 1)
                .withMemory(1 << 20)
                .annotated("fail-as", "OOM_KILLED")
                .annotated("fail-attempts", "1")
                .retrying(new RetryRules(2, List.of(rule), 5)));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.SUCCEEDED);
        List<Attempt> attempts = site.attempts(job);
        NodeName first = attempts.get(0).pods().get(0).node();
        assertThat(attempts.get(1).pods().get(0).node()).isNotEqualTo(first);
        assertThat(after.changes()).singleElement().satisfies(change -> {
            assertThat(change.attempt()).isEqualTo(2);
            assertThat(change.nodes()).containsExactly(first);
            assertThat(change.told())
                    .containsExactly(
                            "attempt 2 asks for 1.5 x the memory of role worker because the last one failed (OOM)",
                            "attempt 2 keeps away from %s, where the last one failed (OOM)".formatted(first));
        });
        long asked = after.spec().roles().get(0).pod().resources().amount(Resources.MEMORY);
        assertThat(after.specOf(1)).isEqualTo(after.spec());
        assertThat(after.specOf(2).roles().get(0).pod().resources().amount(Resources.MEMORY))
                .isEqualTo(asked * 3 / 2);
    }

    @Test
    void an_attempt_that_fails_once_succeeds_when_it_is_tried_again() {
        Job job = site.submit(Work.gang("unlucky", 2)
                .annotated("exit-code", "1")
                .annotated("fail-attempts", "1")
                .retrying(1));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.states(job))
                .containsExactly("QUEUED", "LAUNCHING", "RUNNING", "QUEUED", "LAUNCHING", "RUNNING", "SUCCEEDED");
    }

    @Test
    void a_job_ends_at_its_longest_run_time() {
        Instant submitted = site.now();
        Job job = site.submit(
                Work.gang("endless", 1).runningFor(Duration.ofHours(5)).atMost(Duration.ofMinutes(2)));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.FAILED);
        assertThat(after.outcome().failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(after.finishedAt()).isEqualTo(submitted.plusSeconds(120));
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(attempt.state())
                .isEqualTo(AttemptState.ENDED));
    }

    @Test
    void a_job_that_waited_as_long_as_it_wanted_has_expired() {
        Instant submitted = site.now();
        Job hog = site.submit(Work.gang("hog", 8).runningFor(Duration.ofHours(1)));
        Job job = site.submit(Work.gang("impatient", 1).waitingAtMost(Duration.ofMinutes(5)));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.EXPIRED);
        assertThat(site.job(job).finishedAt()).isEqualTo(submitted.plusSeconds(300));
        assertThat(site.job(hog).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_gang_that_does_not_start_in_time_backs_off_twice_as_long_each_time_until_the_platform_gives_up() {
        Instant submitted = site.now();
        Job job = site.submit(
                Work.gang("stuck", 1).annotated("start-delay", "1h").startingWithin(Duration.ofSeconds(10)));
        site.run();
        Job after = site.job(job);
        assertThat(after.state()).isEqualTo(JobState.FAILED);
        assertThat(after.platformRetriesSpent()).isEqualTo(5);
        List<Attempt> attempts = site.attempts(job);
        assertThat(attempts.stream().map(Attempt::createdAt))
                .containsExactly(
                        submitted,
                        submitted.plusSeconds(10 + 30),
                        submitted.plusSeconds(40 + 10 + 60),
                        submitted.plusSeconds(110 + 10 + 120),
                        submitted.plusSeconds(240 + 10 + 240),
                        submitted.plusSeconds(490 + 10 + 480));
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(failureOf(attempt)).isEqualTo(Category.LAUNCH_TIMEOUT));
    }

    @Test
    void a_waiting_job_tells_why_it_waits_and_a_launched_one_no_longer() {
        Job hog = site.submit(Work.gang("hog", 8));
        Job next = site.submit(Work.gang("next", 1));
        Job later = site.submit(Work.gang("later", 1).notBefore(site.now().plusSeconds(30)));
        site.runFor(Duration.ofSeconds(10));
        assertThat(site.job(next).reasons().get(0).code()).isEqualTo(ReasonCode.NODES_FULL);
        assertThat(board.reasons(next.id())).isEqualTo(site.job(next).reasons());
        assertThat(board.view().orElseThrow().ahead(next.id())).hasValue(0);
        assertThat(board.view().orElseThrow().used(new QueueName("all"))).isEqualTo(Resources.of("cpu", 8000));
        assertThat(site.job(later).reasons().get(0).code()).isEqualTo(ReasonCode.NOT_BEFORE);
        assertThat(site.job(hog).reasons()).isEmpty();
        site.run();
        assertThat(site.job(next).reasons()).isEmpty();
    }

    @Test
    void the_same_trace_gives_the_same_schedule() {
        assertThat(schedule("once")).isEqualTo(schedule("again"));
    }

    /** When each job of a little trace made by a fixed seed starts and ends, after its beginning; runs of a name have a history. */
    private List<Duration> schedule(String name) {
        Random random = new Random(42);
        Instant begin = site.now().plusSeconds(10);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            jobs.add(site.submit(Work.gang(name + "-" + i, 1 + random.nextInt(6))
                    .notBefore(begin.plusSeconds(random.nextInt(600)))
                    .runningFor(Duration.ofSeconds(1 + random.nextInt(200)))));
        }
        site.run();
        List<Duration> times = new ArrayList<>();
        for (Job job : jobs) {
            times.add(Duration.between(begin, site.job(job).startedAt()));
            times.add(Duration.between(begin, site.job(job).finishedAt()));
        }
        return times;
    }

    private static Category failureOf(Attempt attempt) {
        return attempt.outcome().failure().category();
    }
}
