package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.UnreadableRow;
import dev.muster.problem.Problems;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.WarmPlanner;
import dev.muster.report.Explanations;
import dev.muster.steering.Steering;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thing that the planner or the database cannot bear stops nothing but itself. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class LeftAsideTest {
    @Inject
    Site site;

    @Inject
    Board board;

    @Inject
    Tallies tallies;

    @Inject
    EventStore events;

    @Inject
    Explanations explanations;

    @Inject
    Steering steering;

    @Inject
    PoolStore pools;

    @Inject
    DataSource database;

    @Inject
    JobStore jobs;

    @Inject
    Intake intake;

    private Predicate<Snapshot> poison = snapshot -> false;

    @BeforeEach
    void a_planner_that_fails_where_the_test_wants_it() {
        site.pool("cpu", 4, 4);
        site.queue("all");
        WarmPlanner planner = new WarmPlanner();
        Planning failing = snapshot -> {
            if (poison.test(snapshot)) {
                throw new IllegalStateException("no room for Boole in this house");
            }
            return planner.plan(snapshot);
        };
        QuarkusMock.installMockForType(failing, Planning.class);
    }

    @AfterEach
    void the_planner_is_mended_and_everything_ends() {
        poison = snapshot -> false;
        site.pool("mended", 1, 1);
        site.run();
        for (String name : List.of("mended", "another", "bad")) {
            pools.delete(new PoolName(name), OptionalLong.empty(), "ada", site.now());
        }
        assertThat(site.live()).isEmpty();
        assertThat(board.leftAside()).isEmpty();
    }

    @Test
    void a_job_that_cannot_be_planned_waits_alone_until_it_changes() {
        long before = tallies.plannerErrors();
        long failed = tallies.failedCycles();
        List<Job> others = IntStream.range(0, 20)
                .mapToObj(i -> site.submit(Work.gang("other" + i, 2)))
                .toList();
        Job bad = site.submit(Work.gang("bad", 3));
        poison =
                snapshot -> snapshot.pending().stream().anyMatch(job -> job.id().equals(bad.id()));
        site.runFor(Duration.ofMinutes(5));
        assertThat(others).allSatisfy(job -> assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED));
        assertThat(site.job(bad).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(bad).reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.PLANNER_ERROR);
            assertThat(reason.message())
                    .contains("Muster failed to plan this job", "no room for Boole", "left aside until it changes");
        });
        assertThat(explanations.of(site.job(bad)).reasons())
                .extracting(why -> why.code())
                .containsExactly("PLANNER_ERROR");
        assertThat(told(bad)).as("once, in however many cycles").hasSize(1);
        assertThat(tallies.plannerErrors()).isEqualTo(before + 1);
        assertThat(tallies.failedCycles()).isEqualTo(failed);
        assertThat(board.leftAside()).singleElement().asString().contains("waiting " + bad.id());
        Board.View view = board.view().orElseThrow();
        assertThat(view.plan().decisions())
                .as("what is planned is the plan of the snapshot without it")
                .isEqualTo(new Planner().plan(view.snapshot()).decisions());
        poison = snapshot -> false;
        steering.suspend("ada", bad.id(), null);
        steering.resume("ada", bad.id(), null);
        site.run();
        assertThat(site.job(bad).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void equal_jobs_are_left_aside_together_once_two_of_them_failed() {
        List<Job> bad = IntStream.range(0, 100)
                .mapToObj(i -> site.submit(Work.gang("array", 5)))
                .toList();
        Job good = site.submit(Work.gang("good", 4));
        poison = snapshot -> snapshot.pending().stream().anyMatch(LeftAsideTest::hasFivePods);
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(good).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(bad).allSatisfy(job -> assertThat(site.job(job).reasons())
                .extracting(reason -> reason.code())
                .containsExactly(ReasonCode.PLANNER_ERROR));
    }

    @Test
    void what_runs_is_left_alone_and_counted_when_it_cannot_be_planned_with() {
        Job bad = site.submit(Work.elastic("bad", 2, 12));
        poison = snapshot -> snapshot.live().stream()
                .anyMatch(attempt ->
                        attempt.id().job().equals(bad.id()) && !attempt.roles().isEmpty());
        site.runFor(Duration.ofMinutes(1));
        Job next = site.submit(Work.gang("next", 4));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(next).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(bad).get(0).size()).as("it does not grow").isEqualTo(2);
        assertThat(board.view().orElseThrow().used(new QueueName("all")).amount("cpu"))
                .isEqualTo(2000);
        assertThat(told(bad)).hasSize(1);
        site.run();
        assertThat(site.job(bad).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_pool_that_cannot_be_planned_with_takes_nobody_new() {
        PoolName bad = new PoolName("bad");
        site.pool("bad", 2, 8);
        poison = snapshot ->
                snapshot.nodes().stream().anyMatch(node -> node.pool().equals(bad));
        Job job = site.submit(Work.gang("anywhere", 4));
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job).get(0).placements().values())
                .allSatisfy(pools -> assertThat(pools).containsOnlyKeys(new PoolName("cpu")));
        assertThat(events.latest(100))
                .extracting(recorded -> recorded.event())
                .filteredOn(event -> event.type() == EventType.LEFT_ASIDE && event.job() == null)
                .hasSize(1);
    }

    @Test
    void a_launch_that_cannot_be_written_down_keeps_no_other_from_it() throws SQLException {
        Job bad = Work.gang("bad", 2).submittedAt(site.now());
        sql("alter table attempt add constraint poison check (job <> '%s')".formatted(bad.id()));
        try {
            List<Job> others = site.submit(Work.gang("one", 2), Work.gang("two", 2), Work.gang("three", 2));
            site.insert(bad);
            site.runFor(Duration.ofMinutes(5));
            assertThat(others)
                    .allSatisfy(job -> assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED));
            assertThat(site.job(bad).state()).isEqualTo(JobState.QUEUED);
            assertThat(site.job(bad).reasons()).singleElement().satisfies(reason -> assertThat(reason.message())
                    .contains("failed to write down this job"));
        } finally {
            sql("alter table attempt drop constraint poison");
        }
        site.pool("another", 1, 4);
        site.run();
        assertThat(site.job(bad).state()).as("pools changed: it is tried again").isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_job_whose_row_cannot_be_read_stops_nothing_but_itself() throws SQLException {
        Job bad = site.submit(Work.gang("bad", 2));
        Job good = site.submit(Work.gang("good", 2));
        long failed = tallies.failedCycles();
        String before = shape(bad);
        sql("update job set shape = '{\"roles\": 7}' where id = '%s'".formatted(bad.id()));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(good).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(tallies.failedCycles()).isEqualTo(failed);
        assertThat(board.leftAside())
                .singleElement()
                .asString()
                .contains("waiting " + bad.id(), "Muster failed to read this job");
        assertThat(told(bad)).singleElement().satisfies(event -> assertThat(
                        event.why().hint())
                .contains("mend its row in table job", bad.id().value()));
        assertThat(jobs.list(JobQuery.newest(100)).jobs())
                .as("who lists jobs sees the others")
                .extracting(Job::id)
                .contains(good.id())
                .doesNotContain(bad.id());
        assertThatThrownBy(() -> jobs.find(bad.id()))
                .isInstanceOf(UnreadableRow.class)
                .satisfies(thrown -> assertThat(
                                Problems.expected(thrown).orElseThrow().getMessage())
                        .contains("The row of job " + bad.id(), "cannot be read"));
        sql("update job set shape = '%s' where id = '%s'".formatted(before, bad.id()));
        site.run();
        assertThat(site.job(bad).state()).as("mended").isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void what_was_known_of_a_job_stands_while_its_row_cannot_be_read() throws SQLException {
        Job bad = site.submit(Work.gang("bad", 2));
        Job good = site.submit(Work.gang("good", 2));
        World world = new World();
        intake.refresh(List.of(bad.id(), good.id()), world, site.now());
        assertThat(world.pending()).extracting(PendingJob::id).contains(bad.id(), good.id());
        sql("update job set labels = '[]' where id = '%s'".formatted(bad.id()));
        intake.refresh(List.of(bad.id(), good.id()), world, site.now());
        assertThat(world.job(bad.id())).isPresent();
        assertThat(world.pending()).extracting(PendingJob::id).containsExactly(good.id());
        sql("update job set labels = '{}' where id = '%s'".formatted(bad.id()));
        site.run();
        assertThat(site.job(bad).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_running_attempt_whose_row_cannot_be_read_is_left_running() throws SQLException {
        Job bad = site.submit(Work.gang("bad", 2));
        site.runFor(Duration.ofSeconds(5));
        assertThat(site.job(bad).state()).isEqualTo(JobState.RUNNING);
        sql("update attempt set pods = '7' where job = '%s'".formatted(bad.id()));
        Job good = site.submit(Work.gang("good", 2));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(good).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.job(bad).state()).isEqualTo(JobState.RUNNING);
        assertThat(board.leftAside()).singleElement().asString().contains("running " + bad.id());
        sql("update attempt set pods = '[]' where job = '%s'".formatted(bad.id()));
        site.run();
        assertThat(site.job(bad).state()).as("mended").isEqualTo(JobState.SUCCEEDED);
    }

    private static boolean hasFivePods(PendingJob job) {
        return job.roles().get(0).minimum() == 5;
    }

    private List<Event> told(Job job) {
        return site.events(job.id()).stream()
                .filter(event -> event.type() == EventType.LEFT_ASIDE)
                .toList();
    }

    private String shape(Job job) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select shape::text from job where id = '%s'".formatted(job.id()))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
