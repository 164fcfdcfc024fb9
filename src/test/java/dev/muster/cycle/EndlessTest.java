package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.CompletionRules;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.JobState;
import dev.muster.job.Life;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.job.Verdict;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A service is started again whatever it ended with, later each time where it does not stay up, and nothing is spent. */
class EndlessTest {
    private static final JobId ID = new JobId("01m8cc31k69r5ayxrerssk2468");
    private static final RoleName WORKER = new RoleName("worker");
    private static final PoolName POOL = new PoolName("pool");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure BROKEN = new Failure(Category.USER_ERROR, WORKER, 1, "exit code 1");

    @Test
    void it_is_started_again_after_a_success_and_after_a_failure() {
        Job up = started(waiting(), START);
        Job succeeded = after(up, new Verdict.Succeeded(START, START.plusSeconds(60)), START.plusSeconds(60));
        Job failed = after(up, new Verdict.Failed(BROKEN, START, START.plusSeconds(60)), START.plusSeconds(60));
        for (Job job : List.of(succeeded, failed)) {
            assertThat(job.state()).isEqualTo(JobState.QUEUED);
            assertThat(job.outcome()).isNull();
            assertThat(job.userRetriesSpent() + job.platformRetriesSpent()).isZero();
            assertThat(job.age()).as("it keeps its place").isEqualTo(START);
        }
    }

    @Test
    void one_that_does_not_stay_up_waits_twice_as_long_each_time_and_one_that_did_begins_anew() {
        Job job = waiting();
        Instant now = START;
        for (long pause : new long[] {30, 60, 120, 240, 480, 480}) {
            Instant end = now.plusSeconds(10);
            job = after(started(job, now), new Verdict.Failed(BROKEN, now, end), end);
            assertThat(job.backoffs().get(POOL).until()).isEqualTo(end.plusSeconds(pause));
            now = end.plusSeconds(pause);
        }
        Instant end = now.plus(Duration.ofHours(2));
        job = after(started(job, now), new Verdict.Failed(BROKEN, now, end), end);
        assertThat(job.backoffs().get(POOL).until()).isEqualTo(end.plusSeconds(30));
    }

    private static Job after(Job running, Verdict verdict, Instant now) {
        Attempt attempt = new Attempt(
                running.newestAttempt().orElseThrow(),
                AttemptState.RUNNING,
                1,
                Map.of(WORKER, Map.of(POOL, 1)),
                START,
                running.startedAt(),
                null,
                null,
                null,
                List.of());
        Step step =
                Steps.of(verdict, running, attempt, null, List.of(), 400, now).orElseThrow();
        return step.jobMoves().get(step.jobMoves().size() - 1).after();
    }

    private static Job started(Job waiting, Instant at) {
        return waiting.launching().running(at);
    }

    private static Job waiting() {
        PodTemplate pod = new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of("cpu", 1000),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        JobSpec spec = new JobSpec(
                "consumer",
                new QueueName("vision"),
                new PriorityClassName("routine"),
                List.of(new Role(WORKER, 1, 1, false, pod)),
                null,
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                null,
                RetryRules.NONE,
                new CompletionRules(Set.of(WORKER), Map.of()),
                Map.of(),
                Map.of(),
                false,
                List.of(),
                null,
                new Life(null, true, List.of()),
                null,
                null);
        return Job.accepted(ID, new TeamName("vision"), spec, 0, "test", START);
    }
}
