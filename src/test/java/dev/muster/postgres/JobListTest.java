package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static dev.muster.postgres.Jobs.job;
import static dev.muster.postgres.Jobs.jobs;
import static dev.muster.postgres.Jobs.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobQuery.Order;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobListTest {
    @Inject
    JobStore store;

    @Inject
    JobCounts counts;

    @Inject
    Sql sql;

    @ParameterizedTest
    @EnumSource(Order.class)
    void pages_hold_every_job_once_in_order_while_others_are_submitted(Order order) {
        TeamName team = new TeamName("pages-" + order.name().toLowerCase(java.util.Locale.ROOT));
        List<Job> first = jobs(team, 57);
        store.insert(first, ACTOR);
        first.stream()
                .filter(job -> job.priority() == 10)
                .forEach(job -> store.move(move(
                        job,
                        job.finished(
                                JobState.CANCELLED,
                                NOW.plusSeconds(job.id().hashCode() % 7),
                                Outcome.of(Outcome.Result.CANCELLED)))));
        List<Job> all =
                store.list(JobQuery.newest(100).in(team).by(order, true)).jobs();
        assertThat(all).hasSize(57);
        for (boolean descending : List.of(true, false)) {
            List<JobId> before = ids(store.list(JobQuery.newest(1_000).in(team).by(order, descending))
                    .jobs());
            List<JobId> paged = new ArrayList<>();
            JobQuery query = with(JobQuery.newest(10).in(team).by(order, descending), null);
            JobPage page;
            do {
                page = store.list(query);
                paged.addAll(ids(page.jobs()));
                store.insert(jobs(team, 3), ACTOR);
                query = with(query, page.next());
            } while (page.next() != null && paged.size() < 500);
            assertThat(paged).doesNotHaveDuplicates();
            assertThat(paged.stream().filter(before::contains)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void a_page_reads_few_reasons_however_fast_their_number_grew() {
        TeamName team = new TeamName("reasons");
        List<Job> waiting = jobs(team, 3_000);
        store.insert(waiting, ACTOR);
        // In one transaction, so that no statistics are taken meanwhile and one connection keeps what it has planned.
        QuarkusTransaction.begin();
        try {
            // As a connection does by itself once it found such plans no dearer.
            sql.query("select set_config('plan_cache_mode', 'force_generic_plan', true)", row -> row.getString(1));
            sql.update("truncate job_reason");
            sql.update("analyze job_reason");
            JobQuery page = JobQuery.newest(100).in(team);
            for (int i = 0; i < 20; i++) {
                store.list(page);
            }
            sql.update("""
                    insert into job_reason (job, code, reasons, at)
                    select id, 'NO_ROOM', '[]', now() from job where team = ?""", team.value());
            long before = reasonsRead();
            assertThat(store.list(page).jobs()).hasSize(100);
            assertThat(reasonsRead() - before).isLessThan(10_000);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /** Rows that this transaction has read of the reasons, by index or not. */
    private long reasonsRead() {
        return sql.query("""
                        select seq_tup_read + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables
                        where relname = 'job_reason'""", row -> row.getLong("rows")).get(0);
    }

    @Test
    void a_list_holds_exactly_what_fits_every_condition() {
        TeamName team = new TeamName("conditions");
        Job match = job(team, "train-a", "urgent", Map.of("app", "vision", "stage", "prod"));
        Job otherName = job(team, "trail", "urgent", Map.of("app", "vision", "stage", "prod"));
        Job otherLabel = job(team, "train-b", "urgent", Map.of("app", "vision"));
        Job otherClass = job(team, "train-c", "routine", Map.of("app", "vision", "stage", "prod"));
        Job otherState = job(team, "train-d", "urgent", Map.of("app", "vision", "stage", "prod"));
        store.insert(List.of(match, otherName, otherLabel, otherClass, otherState), ACTOR);
        store.move(move(otherState, otherState.to(JobState.SUSPENDED)));
        JobQuery query = JobQuery.newest(10)
                .in(team)
                .inQueue(new QueueName("default"))
                .in(Set.of(JobState.QUEUED, JobState.RUNNING))
                .of(new PriorityClassName("urgent"))
                .submittedBy(ACTOR)
                .beginning("train")
                .labelled(Map.of("app", "vision", "stage", "prod"));
        assertThat(store.list(query).jobs()).containsExactly(match);
    }

    @Test
    void a_prefix_is_no_pattern() {
        TeamName team = new TeamName("patterns");
        store.insert(List.of(job(team, "a-b", "urgent", Map.of()), job(team, "axb", "urgent", Map.of())), ACTOR);
        for (String prefix : List.of("a_b", "%", "a%", "\\")) {
            JobQuery query = JobQuery.newest(10).in(team).beginning(prefix).by(Order.NAME, false);
            assertThat(store.list(query).jobs()).as(prefix).isEmpty();
        }
    }

    @Test
    void counts_are_by_state_of_a_team_and_of_every_queue() {
        TeamName team = new TeamName("counts");
        List<Job> three = jobs(team, 3);
        store.insert(three, ACTOR);
        store.move(move(three.get(0), three.get(0).launching()));
        assertThat(counts.of(team)).isEqualTo(Map.of(JobState.QUEUED, 2L, JobState.LAUNCHING, 1L));
        assertThat(counts.byTeam()).containsEntry(team, Map.of(JobState.QUEUED, 2L, JobState.LAUNCHING, 1L));
        assertThat(counts.byQueue().get(new QueueName("default")).get(JobState.QUEUED))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void every_list_of_many_jobs_uses_an_index() {
        manyJobs();
        TeamName team = new TeamName("plans-3");
        List<JobQuery> queries = Stream.of(Order.values())
                .flatMap(order -> Stream.of(true, false).flatMap(down -> Stream.of(
                                all(order, down),
                                all(order, down).in(team),
                                all(order, down).in(team).in(Set.of(JobState.QUEUED)),
                                all(order, down).in(Set.of(JobState.RUNNING)),
                                all(order, down).inQueue(new QueueName("plans-1")),
                                all(order, down)
                                        .inQueue(new QueueName("plans-1"))
                                        .in(Set.of(JobState.QUEUED)),
                                where(order, down, null, "rush", null, Map.of()),
                                all(order, down).of(new JobSetName("set-77")),
                                all(order, down).of(new JobSetName("set-77")).in(team),
                                all(order, down)
                                        .of(new JobSetName("set-77"))
                                        .in(team)
                                        .in(Set.of(JobState.QUEUED)),
                                where(order, down, "eve", null, null, Map.of()),
                                where(order, down, null, null, "job-77", Map.of()),
                                where(order, down, null, null, null, Map.of("app", "app-17")))
                        .flatMap(query -> Stream.of(query, with(query, middle(order))))))
                .toList();
        for (JobQuery query : queries) {
            JobList list = new JobList(query);
            String plan = plan(list.sql(), list.values().toArray());
            assertThat(plan).as(query + "\n" + plan).doesNotContain("Seq Scan on job ");
        }
    }

    @Test
    void what_the_cycle_asks_uses_an_index() {
        manyJobs();
        assertThat(plan("select * from job_with_reasons where state = any(?) order by id", (Object)
                        new String[] {"QUEUED", "BLOCKED"}))
                .doesNotContain("Seq Scan on job ");
        assertThat(plan("select * from job_with_reasons where id = any(?)", (Object) new String[] {"01", "02"}))
                .doesNotContain("Seq Scan");
        assertThat(plan(
                        "select * from event where (txid, id) > (?::text::xid8, ?)"
                                + " and txid < pg_snapshot_xmin(pg_current_snapshot()) order by txid, id limit 100",
                        "5",
                        7))
                .doesNotContain("Seq Scan");
    }

    /** The other tests of the service would see them, and they are only as real as a query plan needs. */
    @AfterAll
    void take_the_many_jobs_away() {
        QuarkusTransaction.requiringNew().run(() -> sql.update("delete from job where team like 'plans-%'"));
        QuarkusTransaction.requiringNew().run(() -> sql.update("analyze job, job_reason"));
    }

    private String plan(String query, Object... values) {
        return String.join(
                "\n",
                QuarkusTransaction.requiringNew()
                        .call(() -> sql.query("explain " + query, row -> row.getString(1), values)));
    }

    /** 40,000 jobs of 20 teams, 10 queues and 400 apps; most of them are finished. */
    private void manyJobs() {
        QuarkusTransaction.requiringNew().run(() -> sql.update("""
                insert into job (id, team, name, queue, priority_class, priority, state, version, attempt,
                    user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, finished_at, labels,
                    annotations, shape, backoffs, job_set)
                select '00' || lpad(n::text, 24, '0'), 'plans-' || n % 20, 'job-' || n, 'plans-' || n % 10,
                    case n % 50 when 0 then 'rush' else 'routine' end, case n % 50 when 0 then 100 else 2 end,
                    case when n % 20 = 0 then 'QUEUED' when n % 101 = 0 then 'RUNNING' else 'SUCCEEDED' end, 1, 1, 0, 0,
                    case n % 300 when 0 then 'eve' else 'ada' end, now(), now(),
                    case when n % 20 = 0 or n % 101 = 0 then null else now() + n * interval '1 second' end,
                    jsonb_build_object('app', 'app-' || n % 400), '{}', '{}', '{}', case when n % 2 = 1 then 'set-' || n % 400 end
                from generate_series(1, 40000) n on conflict do nothing"""));
        QuarkusTransaction.requiringNew()
                .run(() -> sql.update("insert into event (at, type, actor, name) select now(), 'JOB_MOVED', 'ada', 'n'"
                        + " from generate_series(1, 5000)"));
        QuarkusTransaction.requiringNew()
                .run(() -> sql.update("insert into job_reason (job, code, reasons, at)"
                        + " select id, case when id like '%7' then 'FRAGMENTED' else 'NODES_FULL' end, '[]', now()"
                        + " from job where state = 'QUEUED' and team like 'plans-%' on conflict do nothing"));
        QuarkusTransaction.requiringNew().run(() -> sql.update("analyze job, job_reason, event"));
    }

    private static JobQuery all(Order order, boolean descending) {
        return JobQuery.newest(50).by(order, descending);
    }

    private static JobQuery where(
            Order order,
            boolean descending,
            @Nullable String submitter,
            @Nullable String priorityClass,
            @Nullable String prefix,
            Map<String, String> labels) {
        PriorityClassName name = priorityClass == null ? null : new PriorityClassName(priorityClass);
        return JobQuery.newest(50)
                .of(name)
                .submittedBy(submitter)
                .beginning(prefix)
                .labelled(labels)
                .by(order, descending);
    }

    private static JobQuery.Cursor middle(Order order) {
        return new JobQuery.Cursor(order, new JobId("00%024d".formatted(20_000)), 2, NOW, "job-20000");
    }

    private static JobQuery with(JobQuery query, JobQuery.@Nullable Cursor after) {
        return query.after(after);
    }

    private static List<JobId> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }
}
