package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static dev.muster.postgres.Jobs.jobs;
import static dev.muster.postgres.Jobs.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the database notes of how many jobs there are is what one would count, whatever happens beside. */
@QuarkusTest
class JobCountsTest {
    @Inject
    JobStore store;

    @Inject
    JobCounts counts;

    @Inject
    Sql sql;

    @Test
    void every_change_is_noted_with_it() {
        TeamName team = new TeamName("counted");
        List<Job> some = jobs(team, 5);

        store.insert(some, ACTOR);
        assertThat(counts.of(team)).isEqualTo(Map.of(JobState.QUEUED, 5L));

        cancel(some.get(0));
        cancel(some.get(1));
        assertThat(counts.of(team)).isEqualTo(Map.of(JobState.QUEUED, 3L, JobState.CANCELLED, 2L));
        assertThat(counts.byTeam()).containsEntry(team, counts.of(team));

        QuarkusTransaction.requiringNew()
                .run(() -> sql.update("delete from job where team = ? and state = 'CANCELLED'", team));
        assertThat(counts.of(team)).isEqualTo(Map.of(JobState.QUEUED, 3L));
    }

    @Test
    void groups_are_the_largest_first_by_what_is_noted_and_by_what_is_looked_at() {
        TeamName large = new TeamName("large-group");
        TeamName small = new TeamName("small-group");
        store.insert(jobs(small, 2), ACTOR);
        List<Job> some = jobs(large, 4);
        store.insert(some, ACTOR);
        cancel(some.get(0));
        Sight both = new Sight(Set.of(small, large), Set.of());

        assertThat(counts.largest(JobCounts.Key.TEAM, 10, both))
                .containsExactly(
                        Map.entry("large-group", Map.of(JobState.QUEUED, 3L, JobState.CANCELLED, 1L)),
                        Map.entry("small-group", Map.of(JobState.QUEUED, 2L)));
        assertThat(counts.largest(JobCounts.Key.TEAM, 1, both)).containsOnlyKeys("large-group");
        assertThat(counts.largest(JobCounts.Key.PERSON, 10, both)).hasSize(1).allSatisfy((person, states) -> assertThat(
                        states)
                .isEqualTo(Map.of(JobState.QUEUED, 5L, JobState.CANCELLED, 1L)));
        assertThat(counts.seen(both)).isEqualTo(Map.of(JobState.QUEUED, 5L, JobState.CANCELLED, 1L));
    }

    @Test
    void what_was_taken_back_was_never_noted() {
        TeamName team = new TeamName("taken-back");

        QuarkusTransaction.begin();
        store.insert(jobs(team, 3), ACTOR);
        QuarkusTransaction.rollback();

        assertThat(counts.of(team)).isEmpty();
    }

    @Test
    void it_may_be_added_up_by_several_while_jobs_come_and_go() throws Exception {
        TeamName team = new TeamName("added-up");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Void>) () -> {
                        if (i % 4 == 0) {
                            counts.addUp();
                        } else {
                            List<Job> some = jobs(team, 3);
                            store.insert(some, ACTOR);
                            cancel(some.get(0));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        counts.addUp();

        assertThat(counts.of(team)).isEqualTo(Map.of(JobState.QUEUED, 60L, JobState.CANCELLED, 30L));
        assertThat(rows("select count(*) from job_count where team = 'added-up'"))
                .isEqualTo(2);
        assertThat(rows("""
                select count(*) from (
                    select team, queue, state, count(*) from job group by team, queue, state
                    except select team, queue, state, sum(jobs) from job_count group by team, queue, state) different""")).isZero();
    }

    private void cancel(Job job) {
        store.move(move(job, job.finished(JobState.CANCELLED, NOW, Outcome.of(Outcome.Result.CANCELLED))));
    }

    private long rows(String query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> sql.query(query, row -> row.getLong(1)).get(0));
    }
}
