package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cycle.Foreseen;
import dev.muster.event.Why;
import dev.muster.job.Category;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.TickStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.resource.Resources;
import dev.muster.schedule.Days;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.ScheduleName;
import dev.muster.timetable.Foresight;
import dev.muster.timetable.Heartbeats;
import dev.muster.timetable.Runs;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of schedules, made at times that the test chooses: none lost, none twice, whatever happens in between. */
@QuarkusTest
class ScheduleRunsTest {
    @Inject
    Heartbeats heartbeats;

    @Inject
    Runs transactions;

    @Inject
    ScheduleStore schedules;

    @Inject
    RunStore runs;

    @Inject
    JobStore jobs;

    @Inject
    Leadership leadership;

    @Inject
    UserTransaction transaction;

    @Inject
    TickStore ticks;

    @Inject
    AgroalDataSource database;

    @Inject
    Foresight foresight;

    private String team = "";
    private final ScheduleName name =
            new ScheduleName("s" + UUID.randomUUID().toString().substring(0, 8));
    private long epoch;
    private Instant first = Instant.EPOCH;

    @BeforeEach
    void a_team_and_a_leader() {
        team = Api.newTeam();
        lead();
    }

    private void lead() {
        epoch = leadership.takeOver("the test", Duration.ofHours(1));
    }

    @Test
    void a_tick_makes_one_job_whose_placeholders_are_filled_in_and_its_success_moves_the_watermark() {
        hourly("'catchUp':'ALL'");

        look(tick(1).minusMillis(1));
        assertThat(all()).isEmpty();
        look(tick(1));
        look(tick(1).plusSeconds(5));

        Run run = only();
        assertThat(run.tick()).isEqualTo(tick(1));
        Job job = job(run);
        assertThat(job.spec().name()).startsWith(name + "-20");
        assertThat(job.submittedBy()).isEqualTo("schedule/" + name);
        assertThat(job.spec().roles().get(0).pod().args())
                .containsExactly("--from", tick(0).toString(), "--to", tick(1).toString());
        assertThat(job.spec().roles().get(0).pod().env())
                .containsEntry("RUN", job.spec().name());

        end(job, JobState.SUCCEEDED);
        look(tick(1).plusSeconds(60));
        assertThat(only().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(schedules.standing(name).orElseThrow().watermark()).isEqualTo(tick(1));
    }

    @Test
    void a_run_waits_for_the_run_of_the_same_time_of_the_schedule_that_it_comes_after_and_says_so() {
        hourly("'catchUp':'ALL'");
        ScheduleName report = new ScheduleName(name + "-b");
        write(report, "'catchUp':'ALL','after':['" + name + "']", "");
        look(tick(1));
        look(tick(1).plusSeconds(1));
        assertThat(of(report)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(RunState.WAITING);
            assertThat(run.why())
                    .isEqualTo("waits for the run of schedule %s at %s, which is STARTED".formatted(name, tick(1)));
        });

        end(job(all().get(0)), JobState.FAILED);
        look(tick(2));
        end(job(all().get(1)), JobState.SUCCEEDED);
        look(tick(2).plusSeconds(1));
        look(tick(2).plusSeconds(2));

        assertThat(of(report)).extracting(Run::state).containsExactly(RunState.WAITING, RunState.STARTED);
        assertThat(of(report).get(0).why()).endsWith("which is FAILED");
        assertThat(of(report).get(1).why()).isNull();
        assertThat(Api.call().delete("/api/v1/schedules/" + name).<String>path("detail"))
                .contains("schedule " + report);
    }

    private List<Run> of(ScheduleName schedule) {
        return runs.list(schedule, null, 1_000).stream()
                .sorted(Comparator.comparing(Run::tick).thenComparing(Run::id))
                .toList();
    }

    @Test
    void a_leader_that_dies_at_any_point_loses_no_tick_and_doubles_none() throws Exception {
        hourly("'catchUp':'ALL'");

        // Before the commit of the tick: nothing is there, and the tick is due as before.
        dying(() -> transactions.decide(epoch, List.of(name), tick(1)));
        assertThat(all()).isEmpty();
        // After it, before the job: the run waits.
        List<Run> decided = transactions.decide(epoch, List.of(name), tick(1));
        assertThat(only().state()).isEqualTo(RunState.WAITING);
        // Before the commit of the job: neither job nor start.
        dying(() -> transactions.start(epoch, decided, tick(1)));
        assertThat(only().state()).isEqualTo(RunState.WAITING);
        assertThat(Api.count(team)).isZero();

        look(tick(2));
        // What an older look still holds in its hands is not started again.
        assertThat(transactions.start(epoch, decided, tick(2)).runs()).isEmpty();

        assertThat(all()).extracting(Run::state).containsExactly(RunState.STARTED, RunState.STARTED);
        assertThat(Api.count(team)).isEqualTo(2);
    }

    @Test
    void of_two_replicas_that_look_at_the_same_time_each_tick_has_one_run_and_one_job() throws Exception {
        hourly("'catchUp':'ALL'");
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int i = 1; i <= 8; i++) {
                Instant now = tick(i * 3);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> looks = new ArrayList<>();
                for (int replica = 0; replica < 2; replica++) {
                    looks.add(two.submit(() -> {
                        together.await();
                        look(now);
                        return null;
                    }));
                }
                for (Future<?> look : looks) {
                    look.get(60, TimeUnit.SECONDS);
                }
            }
        } finally {
            two.shutdownNow();
        }

        assertThat(all()).extracting(Run::tick).doesNotHaveDuplicates().hasSize(24);
        assertThat(all()).extracting(Run::job).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(Api.count(team)).isEqualTo(24);
    }

    @Test
    void a_leader_of_an_earlier_epoch_makes_nothing() {
        hourly("'catchUp':'ALL'");
        long before = epoch;
        lead();

        assertThatThrownBy(() -> heartbeats.look(before, tick(1))).isInstanceOf(Leadership.Lost.class);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_clock_that_jumps_back_and_forth_makes_each_tick_once() {
        hourly("'catchUp':'ALL'");

        for (int hour : new int[] {2, 1, 0, 2, 5, 3, 5, -100, 6}) {
            look(tick(hour));
        }

        assertThat(all()).extracting(Run::tick).containsExactly(tick(1), tick(2), tick(3), tick(4), tick(5), tick(6));
        assertThat(Api.count(team)).isEqualTo(6);
    }

    @Test
    void merge_stretches_over_a_run_that_failed() {
        hourly("'catchUp':'MERGE'");
        look(tick(1));
        end(job(only()), JobState.FAILED);
        look(tick(2));

        Run second = all().get(1);
        assertThat(second.interval().start()).isEqualTo(tick(0));
        assertThat(second.interval().end()).isEqualTo(tick(2));
        end(job(second), JobState.SUCCEEDED);
        look(tick(3));
        assertThat(all().get(2).interval().start()).isEqualTo(tick(2));
    }

    @Test
    void queue_waits_forbid_leaves_out_and_replace_cancels() {
        hourly("'concurrency':'QUEUE','catchUp':'ALL'");
        look(tick(2));
        assertThat(all()).extracting(Run::state).containsExactly(RunState.STARTED, RunState.WAITING);
        end(job(all().get(0)), JobState.SUCCEEDED);
        look(tick(2));
        assertThat(all()).extracting(Run::state).containsExactly(RunState.SUCCEEDED, RunState.STARTED);

        hourly("'concurrency':'FORBID'");
        look(tick(3));
        assertThat(all().get(2).state()).isEqualTo(RunState.SKIPPED);
        assertThat(all().get(2).why()).contains("had not ended");

        hourly("'concurrency':'REPLACE'");
        look(tick(4));
        assertThat(job(all().get(1)).state()).isEqualTo(JobState.CANCELLED);
        look(tick(4));
        assertThat(all())
                .extracting(Run::state)
                .containsExactly(RunState.SUCCEEDED, RunState.CANCELLED, RunState.SKIPPED, RunState.STARTED);
    }

    @Test
    void after_so_many_failures_in_a_row_it_pauses_and_goes_on_when_it_is_resumed() {
        hourly("'pauseAfterFailures':2");
        for (int hour = 1; hour <= 2; hour++) {
            look(tick(hour));
            end(job(all().get(hour - 1)), JobState.FAILED);
        }
        look(tick(3));

        assertThat(all()).hasSize(2);
        var paused = Api.call().get("/api/v1/schedules/" + name).jsonPath();
        assertThat(paused.getBoolean("status.paused")).isTrue();
        assertThat(paused.getString("status.pausedWhy")).contains("2 runs in a row failed");

        assertThat(Api.call().post("/api/v1/schedules/" + name + ":resume").statusCode())
                .isEqualTo(200);
        look(tick(4));
        assertThat(all())
                .extracting(Run::state)
                .containsExactly(RunState.FAILED, RunState.FAILED, RunState.SKIPPED, RunState.STARTED);
    }

    @Test
    void a_run_whose_job_is_not_accepted_says_why_and_the_next_one_is_tried() {
        hourly("");
        Api.put("queues/" + team, "{'spec':{'parent':'shared','state':'CLOSED'}}");
        look(tick(1));
        assertThat(only().state()).isEqualTo(RunState.REFUSED);
        assertThat(only().why()).contains("CLOSED");

        Api.put("queues/" + team, "{'spec':{'parent':'shared'}}");
        look(tick(2));
        assertThat(all().get(1).state()).isEqualTo(RunState.STARTED);
    }

    @Test
    void of_many_that_tick_together_one_that_cannot_be_read_and_one_that_is_refused_harm_no_other() throws Exception {
        hourly("");
        String closed = team + "-closed";
        Api.create("queues/" + closed, "{'spec':{'parent':'shared'}}");
        List<ScheduleName> together = new ArrayList<>(List.of(name));
        for (int i = 1; i < 9; i++) {
            together.add(new ScheduleName(name + "-" + i));
            write(together.get(i), "", i == 4 ? "'queue':'%s',".formatted(closed) : "");
        }
        ScheduleName refused = together.get(4);
        ScheduleName unreadable = together.get(6);
        Api.put("queues/" + closed, "{'spec':{'parent':'shared','state':'CLOSED'}}");
        sql("update schedule set spec = '{\"name\": 1}' where name = '%s'".formatted(unreadable));
        try {
            look(tick(1));
            look(tick(2));

            for (ScheduleName one : together) {
                assertThat(runs.list(one, null, 10))
                        .as("%s", one)
                        .extracting(Run::state)
                        .isEqualTo(
                                one.equals(unreadable)
                                        ? List.of()
                                        : Collections.nCopies(
                                                2, one.equals(refused) ? RunState.REFUSED : RunState.STARTED));
            }
            assertThat(Api.count(team)).isEqualTo(2 * (together.size() - 2));
            assertThat(schedules.standing(refused).orElseThrow().failures()).isEqualTo(2);
        } finally {
            sql("delete from schedule where name = '%s'".formatted(unreadable));
        }
    }

    @Test
    void what_its_next_run_will_ask_is_foreseen_unless_it_would_be_refused_or_is_paused() {
        hourly("");
        Instant before = tick(1).minus(Duration.ofMinutes(10));

        assertThat(foreseen(before.minusMillis(1))).isEmpty();
        assertThat(foreseen(before)).extracting(Foreseen.Gang::at).containsExactly(tick(1));
        assertThat(foreseen(before).get(0).roles().get(0).pod().resources())
                .isEqualTo(Resources.cpuAndMemory(1000, 1L << 30));
        assertThat(all()).as("it was only tried").isEmpty();
        assertThat(Api.count(team)).isZero();

        Api.put("queues/" + team, "{'spec':{'parent':'shared','state':'CLOSED'}}");
        assertThat(foreseen(before)).isEmpty();
        Api.put("queues/" + team, "{'spec':{'parent':'shared'}}");
        assertThat(foreseen(before)).hasSize(1);
        Api.call().body(Api.quoted("{'why':'for the test'}")).post("/api/v1/schedules/" + name + ":pause");
        assertThat(foreseen(before)).isEmpty();
    }

    private List<Foreseen.Gang> foreseen(Instant now) {
        return foresight.look(now, Duration.ofMinutes(10)).stream()
                .filter(gang ->
                        gang.roles().get(0).pod().env().getOrDefault("RUN", "").startsWith(name.value()))
                .toList();
    }

    @Test
    void it_is_known_ahead_when_the_next_tick_is_due() {
        hourly("");

        assertThat(ticks.next(tick(1).minusMillis(1), tick(1))).hasValue(tick(1));
        assertThat(ticks.next(tick(1).minusSeconds(20), tick(1).minusSeconds(10)))
                .isEmpty();
        // What is due already is looked at anyway, and has to be looked at only once.
        look(tick(1));
        assertThat(ticks.next(tick(1), tick(1).plusSeconds(10))).isEmpty();
    }

    @Test
    void how_a_job_ended_is_known_although_it_was_deleted() {
        hourly("");
        look(tick(1));
        Job job = job(only());
        end(job, JobState.SUCCEEDED);
        assertThat(Api.call().delete(Api.JOBS + "/" + job.id(), team).statusCode())
                .isEqualTo(204);

        look(tick(1));

        assertThat(only().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void a_backfill_runs_so_many_intervals_at_a_time_and_leaves_out_what_succeeded() {
        hourly("");
        String path = "/api/v1/schedules/" + name + "/backfills";
        String asked = "{'from':'%s','to':'%s','maxParallel':2%s}";
        Instant to = first.minus(Duration.ofHours(1));
        Instant from = to.minus(Duration.ofHours(5));

        var tried = Api.call().body(Api.quoted(asked.formatted(from, to, ""))).post(path + "?validateOnly=true");
        assertThat(tried.<Integer>path("runs")).isEqualTo(5);
        assertThat(all()).isEmpty();
        assertThat(Api.call()
                        .body(Api.quoted(asked.formatted(from, to, "")))
                        .post(path)
                        .statusCode())
                .isEqualTo(201);
        assertThat(all()).hasSize(5);
        for (int done = 0; done < 4; done++) {
            look(to);
            List<Run> started = all().stream()
                    .filter(run -> run.state() == RunState.STARTED)
                    .toList();
            assertThat(started).hasSize(Math.min(2, 5 - done));
            assertThat(started.get(0).tick()).isEqualTo(from.plus(Duration.ofHours(done + 1)));
            end(job(started.get(0)), JobState.SUCCEEDED);
        }
        look(to);

        var again = Api.call().body(Api.quoted(asked.formatted(from, to, ""))).post(path);
        assertThat(again.<Integer>path("runs")).isEqualTo(1);
        var cancelled = Api.call().post(path + "/2:cancel");
        assertThat(cancelled.<Integer>path("runsByState.CANCELLED")).isEqualTo(1);
        assertThat(Api.call().get(path).<List<?>>path("items")).hasSize(2);
        assertThat(Api.call()
                        .body(Api.quoted(asked.formatted(from, to, ",'again':true")))
                        .post(path)
                        .<Integer>path("runs"))
                .isEqualTo(5);
    }

    /** The n-th tick after the schedule was made. */
    private Instant tick(int n) {
        return first.plus(Duration.ofHours(n - 1L));
    }

    @Test
    void runs_are_counted_on_the_days_of_who_looks_also_where_clocks_are_changed() throws Exception {
        hourly("");
        insert(Instant.parse("2025-10-25T22:00:00Z"), -1, 26);
        insert(Instant.parse("2026-03-28T23:00:00Z"), -1, 24);

        assertThat(counted(LocalDate.of(2025, 10, 25), ZoneId.of("Europe/Berlin")))
                .containsExactly(1, 25, 1);
        assertThat(counted(LocalDate.of(2025, 10, 25), ZoneOffset.UTC)).containsExactly(3, 24, 0);
        assertThat(counted(LocalDate.of(2026, 3, 28), ZoneId.of("Europe/Berlin")))
                .containsExactly(1, 23, 1);
    }

    @Test
    void the_page_of_all_has_the_days_of_who_looks() throws Exception {
        hourly("");
        ZoneId line = ZoneId.of("Pacific/Kiritimati");
        LocalDate yesterday = LocalDate.ofInstant(schedules.now(), line).minusDays(1);
        insert(yesterday.atStartOfDay(line).toInstant(), 0, 1);

        String page = Api.call()
                .cookie("muster-zone", line.getId())
                .get("/ui/schedules?after=" + name.value().substring(0, 8))
                .asString();

        String row = page.replaceAll("(?s).*(<tr id=\"s-" + name + "\">.*?</tr>).*", "$1");
        assertThat(page).contains("Days in Pacific/Kiritimati (UTC+14:00)");
        assertThat(row)
                .contains("title=\"%s: 1 skipped\""
                        .formatted(DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH)
                                .format(yesterday)));
    }

    /** Runs that were left out, by the hour: of those {@code from} and before {@code to}. */
    private void insert(Instant midnight, int from, int to) throws Exception {
        transaction.begin();
        runs.insert(IntStream.range(from, to)
                .mapToObj(hour -> midnight.plus(Duration.ofHours(hour)))
                .map(tick -> new Run(
                        0,
                        name,
                        tick,
                        Origin.TICK,
                        0,
                        new Interval(tick.minus(Duration.ofHours(1)), tick),
                        RunState.SKIPPED,
                        null,
                        tick,
                        null,
                        tick,
                        null))
                .toList());
        transaction.commit();
    }

    /** On three days, by the page of all and by the one of the schedule. */
    private List<Integer> counted(LocalDate day, ZoneId zone) {
        Days days = new Days(day, 3, zone);
        Map<LocalDate, Map<RunState, Integer>> own = runs.days(name, days);
        assertThat(runs.days(days)).containsEntry(name, own);
        return IntStream.range(0, 3)
                .mapToObj(index -> own.getOrDefault(days.day(index), Map.of()).getOrDefault(RunState.SKIPPED, 0))
                .toList();
    }

    private void hourly(String more) {
        write(name, more, "");
        if (first.equals(Instant.EPOCH)) {
            first = schedules.standing(name).orElseThrow().lookAt();
        }
    }

    private void write(ScheduleName schedule, String more, String ofJob) {
        String spec = """
                {'spec':{'team':'%s','cron':'0 * * * *'%s,'job':{'spec':{%s'roles':[{'name':'worker',
                 'args':['--from','{{ interval.start }}','--to','{{ interval.end }}'],'env':{'RUN':'{{ runId }}'},
                 'resources':{'cpu':'1','memory':'1Gi'}}]}}}}""".formatted(team, more.isEmpty() ? "" : "," + more, ofJob);
        boolean isNew = schedules.standing(schedule).isEmpty();
        var written = isNew ? Api.create("schedules/" + schedule, spec) : Api.put("schedules/" + schedule, spec);
        assertThat(written.statusCode()).as(written.asString()).isEqualTo(isNew ? 201 : 200);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private void look(Instant now) {
        heartbeats.look(epoch, now);
    }

    /** What is done and never committed. */
    private void dying(Runnable work) throws Exception {
        transaction.begin();
        try {
            work.run();
        } finally {
            transaction.rollback();
        }
    }

    private List<Run> all() {
        return of(name);
    }

    private Run only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    private Job job(Run run) {
        JobId id = run.job();
        assertThat(id).isNotNull();
        return jobs.find(id).orElseThrow();
    }

    private void end(Job job, JobState how) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Job launching = moved(job, job.launching());
        Job running = moved(launching, launching.running(now));
        Outcome outcome = how == JobState.SUCCEEDED
                ? Outcome.SUCCEEDED
                : Outcome.failed(new Failure(Category.USER_ERROR, null, 1, "it ended with 1"));
        moved(running, running.finished(how, now, outcome));
    }

    private Job moved(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "the test", Why.of("TEST", "so it is told"))))
                .isTrue();
        return after;
    }
}
