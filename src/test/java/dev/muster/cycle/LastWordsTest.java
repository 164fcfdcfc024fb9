package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterAround;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.ResultStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the first pod of a job leaves behind when it succeeds becomes the job's result. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class LastWordsTest {
    @Inject
    Site site;

    @Inject
    Cluster cluster;

    @Inject
    JobStore jobs;

    @Inject
    ResultStore results;

    private Job job;
    private LastWords words;
    private String left = "{\"rows\": 3}";
    private int asked;

    @BeforeEach
    void a_job_whose_pods_leave_words() {
        job = site.submit(Work.gang("tells", 2).notBefore(Instant.parse("2150-01-01T00:00:00Z")));
        words = new LastWords(
                new ClusterAround(cluster) {
                    @Override
                    public Optional<String> lastWord(PodRef pod) {
                        asked++;
                        return Optional.of(left + pod.index());
                    }
                },
                results);
    }

    @AfterEach
    void the_job_goes() {
        Job now = site.job(job);
        Job gone = now.finished(JobState.CANCELLED, site.now(), Outcome.of(Outcome.Result.CANCELLED));
        jobs.move(new dev.muster.job.JobMove(now, gone, site.now(), "test", null));
        jobs.delete(gone, site.now(), "test");
    }

    @Test
    void what_the_first_pod_leaves_is_the_result_and_is_asked_for_once() {
        hear(1, PodPhase.RUNNING, PodPhase.SUCCEEDED);
        assertThat(results.of(job.id())).isEmpty();

        hear(1, PodPhase.SUCCEEDED, PodPhase.RUNNING);
        hear(1, PodPhase.SUCCEEDED, PodPhase.SUCCEEDED);

        assertThat(results.of(job.id())).hasValue("{\"rows\": 3}0");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void one_that_failed_has_no_result_and_blanks_are_none() {
        hear(1, PodPhase.FAILED, PodPhase.FAILED);
        left = "";
        assertThat(results.of(job.id())).isEmpty();
        assertThat(asked).isZero();
    }

    @Test
    void what_the_attempt_has_posted_is_kept_and_what_an_older_one_has_is_not() {
        results.put(new AttemptId(job.id(), 1), "posted", site.now());
        hear(1, PodPhase.SUCCEEDED, PodPhase.SUCCEEDED);
        assertThat(results.of(job.id())).hasValue("posted");

        hear(2, PodPhase.SUCCEEDED, PodPhase.SUCCEEDED);
        assertThat(results.of(job.id())).hasValue("{\"rows\": 3}0");

        hear(1, PodPhase.SUCCEEDED, PodPhase.SUCCEEDED);
        assertThat(results.of(job.id())).hasValue("{\"rows\": 3}0");
    }

    private void hear(int attempt, PodPhase first, PodPhase second) {
        AttemptId id = new AttemptId(job.id(), attempt);
        Attempt one =
                new Attempt(id, AttemptState.RUNNING, 1, Map.of(), site.now(), site.now(), null, null, null, List.of());
        words.hear(job, one, new GangStatus(id, List.of(pod(id, 0, first), pod(id, 1, second)), ""), site.now());
    }

    private PodStatus pod(AttemptId attempt, int index, PodPhase phase) {
        return new PodStatus(
                new PodRef(attempt, new RoleName("worker"), index),
                phase,
                new PoolName("cpu"),
                null,
                site.now(),
                phase.isFinal() ? site.now() : null,
                phase.isFinal() ? Integer.valueOf(phase == PodPhase.SUCCEEDED ? 0 : 1) : null,
                phase.isFinal() ? PodEnd.EXITED : null,
                "");
    }
}
