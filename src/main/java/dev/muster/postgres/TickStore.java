package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.schedule.Inputs;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is read and written of many schedules at once, when they tick: a handful of statements, however many tick together. */
@ApplicationScoped
public class TickStore {
    private static final String HELD =
            "select name, last_tick, look_at, watermark, failures, paused_at, paused_by, paused_why, spec from schedule ";

    private final Sql sql;
    private final ScheduleStore schedules;

    TickStore(Sql sql, ScheduleStore schedules) {
        this.sql = sql;
        this.schedules = schedules;
    }

    /** A schedule that nobody else moves until the end of the current transaction, and how it stands. */
    public record Held(Schedule schedule, Standing standing) {}

    /** A run whose job has ended, and how: null where the job is gone and nothing tells. */
    public record Ended(
            Run run,
            @Nullable JobState how,
            @Nullable Instant at,
            @Nullable String message) {}

    /** What becomes of a run without a job that goes on. */
    public record End(
            Run run, RunState state, Instant at, @Nullable String why) {}

    /** The job that a run that waited has got. */
    public record Start(Run run, JobId job) {}

    /**
     * Those that have something to be done: a tick is due at {@code now}, a run waits for its turn, or the job of one has ended.
     */
    @Transactional
    public List<ScheduleName> wanting(Instant now) {
        return sql.query("""
                select name from schedule where paused_at is null and look_at <= ?
                union
                select schedule from schedule_run where state = 'WAITING'
                union
                select schedule_run.schedule from schedule_run left join job on job.id = schedule_run.job
                where schedule_run.state = 'STARTED'
                    and (job.id is null or job.state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'))
                order by 1""", row -> new ScheduleName(row.getString(1)), now);
    }

    /** When the next one is due after {@code now}, up to {@code until}. */
    @Transactional
    public Optional<Instant> next(Instant now, Instant until) {
        return sql.query(
                        "select min(look_at) as next from schedule where paused_at is null and look_at > ? and look_at <= ?",
                        row -> Optional.ofNullable(Instants.orNull(row, "next")),
                        now,
                        until)
                .get(0);
    }

    /** The names of those that are due after {@code now}, up to {@code until}. */
    @Transactional
    public List<ScheduleName> coming(Instant now, Instant until) {
        return sql.query(
                "select name from schedule where paused_at is null and look_at > ? and look_at <= ? order by name",
                row -> new ScheduleName(row.getString(1)),
                now,
                until);
    }

    /** Those of the schedules that exist, by name, as they are at this moment. */
    @Transactional
    public List<Held> look(Collection<ScheduleName> names) {
        return sql.query(HELD + "where name = any(?) order by name", this::held, (Object) texts(names));
    }

    /** Those of the schedules that exist, by name, held: whoever holds several waits for others and never in a circle. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<ScheduleName, Held> hold(Collection<ScheduleName> names) {
        Map<ScheduleName, Held> held = new LinkedHashMap<>();
        sql.query(HELD + "where name = any(?) order by name for no key update", this::held, (Object) texts(names))
                .forEach(one -> held.put(one.schedule().name(), one));
        return held;
    }

    /** Runs whose job has ended since, oldest tick first. A job that was deleted meanwhile is told by its last event. */
    @Transactional
    public Map<ScheduleName, List<Ended>> ended(Collection<ScheduleName> names) {
        Map<ScheduleName, List<Ended>> ended = new LinkedHashMap<>();
        sql.query("""
                select run.*, coalesce(job.state, told.how) as how, coalesce(job.finished_at, told.at) as finished_at,
                    job.outcome -> 'failure' ->> 'message' as message
                from schedule_run run left join job on job.id = run.job
                left join lateral (
                    select "to" as how, at from event where event.job = run.job
                        and type = 'JOB_MOVED' and "to" in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')
                    order by id desc limit 1) told on job.id is null
                where run.schedule = any(?) and run.state = 'STARTED'
                    and (job.id is null or job.state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'))
                order by run.schedule, run.tick, run.id""", TickStore::ended, (Object) texts(names))
                .forEach(one -> ended.computeIfAbsent(one.run().schedule(), name -> new ArrayList<>())
                        .add(one));
        return ended;
    }

    /** Runs that wait or have a job that has not been seen to end, oldest tick first. */
    @Transactional
    public Map<ScheduleName, List<Run>> open(Collection<ScheduleName> names) {
        Map<ScheduleName, List<Run>> open = new LinkedHashMap<>();
        sql.query(
                        RunStore.RUN
                                + "where schedule = any(?) and state in ('WAITING', 'STARTED') order by schedule, tick, id",
                        RunStore::run,
                        (Object) texts(names))
                .forEach(run -> open.computeIfAbsent(run.schedule(), name -> new ArrayList<>())
                        .add(run));
        return open;
    }

    /**
     * Where the data that succeeded, or is on its way, ends; where there is none yet, where the first interval began; absent before
     * the first run.
     */
    @Transactional
    public Map<ScheduleName, Instant> covered(Collection<ScheduleName> names) {
        Map<ScheduleName, Instant> covered = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            sql.each(
                    """
                    select schedule, coalesce(max(interval_end) filter (where state in ('WAITING', 'STARTED', 'SUCCEEDED')),
                        min(interval_start)) as covered
                    from schedule_run where schedule = any(?) and origin <> 'BACKFILL' group by schedule""",
                    row -> {
                        Instant at = Instants.orNull(row, "covered");
                        if (at != null) {
                            covered.put(new ScheduleName(row.getString("schedule")), at);
                        }
                    },
                    (Object) texts(names));
        }
        return covered;
    }

    /** The ids of those runs that wait still. */
    @Transactional
    public Set<Long> waiting(Collection<Run> runs) {
        String[] ids = runs.stream().map(run -> Long.toString(run.id())).toArray(String[]::new);
        return Set.copyOf(sql.query(
                "select id from schedule_run where id = any(?::bigint[]) and state = 'WAITING'",
                row -> row.getLong(1),
                (Object) ids));
    }

    /**
     * The caller has seen, holding their schedules, that they wait.
     *
     * @throws IllegalStateException where one does not: its job must not be
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void start(List<Start> starts, Instant now) {
        int[] touched = sql.batch(
                "update schedule_run set state = 'STARTED', job = ?, started_at = ?, why = null where id = ? and state = 'WAITING'",
                starts,
                (row, one) -> row.text(one.job()).instant(now).number(one.run().id()));
        for (int i = 0; i < touched.length; i++) {
            if (touched[i] != 1) {
                throw new IllegalStateException("Run %d of schedule %s waits no more, and would have had job %s"
                        .formatted(
                                starts.get(i).run().id(),
                                starts.get(i).run().schedule(),
                                starts.get(i).job()));
            }
        }
    }

    /** Ends them: a waiting one is left out or refused, a started one as its job ended. One that is not open stays as it is. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void end(List<End> ends) {
        sql.batch(
                "update schedule_run set state = ?, ended_at = ?, why = ? where id = ? and state in ('WAITING', 'STARTED')",
                ends,
                (row, one) -> row.text(one.state())
                        .instant(one.at())
                        .text(one.why())
                        .number(one.run().id()));
    }

    /** Why they wait still. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(List<Run> waiting) {
        sql.batch(
                "update schedule_run set why = ? where id = ? and state = 'WAITING' and why is distinct from ?",
                waiting,
                (row, run) -> row.text(run.why()).number(run.id()).text(run.why()));
    }

    /** What became of the runs of these schedules whose intervals end after {@code from}; those that are gone are left out. */
    @Transactional
    public Inputs inputs(Collection<ScheduleName> names, Instant from) {
        Map<ScheduleName, Instant> first = new LinkedHashMap<>();
        sql.each(
                "select schedule, min(tick) as first from schedule_run where schedule = any(?) group by schedule",
                row -> first.put(new ScheduleName(row.getString("schedule")), Instants.orNull(row, "first")),
                (Object) texts(names));
        Map<ScheduleName, Map<Instant, RunState>> newest = new LinkedHashMap<>();
        Map<ScheduleName, List<Interval>> succeeded = new LinkedHashMap<>();
        sql.query(
                        RunStore.RUN + "where schedule = any(?) and interval_end > ? order by schedule, id",
                        RunStore::run,
                        texts(names),
                        from)
                .forEach(run -> {
                    newest.computeIfAbsent(run.schedule(), name -> new LinkedHashMap<>())
                            .put(run.tick(), run.state());
                    if (run.state() == RunState.SUCCEEDED) {
                        succeeded
                                .computeIfAbsent(run.schedule(), name -> new ArrayList<>())
                                .add(run.interval());
                    }
                });
        Map<ScheduleName, Inputs.Input> inputs = new LinkedHashMap<>();
        look(names).forEach(held -> {
            ScheduleName name = held.schedule().name();
            Instant decided = held.standing().lastTick().plusNanos(1);
            inputs.put(
                    name,
                    Inputs.Input.of(
                            held.schedule(),
                            first.getOrDefault(name, decided),
                            newest.getOrDefault(name, Map.of()),
                            succeeded.getOrDefault(name, List.of())));
        });
        return new Inputs(inputs);
    }

    private Held held(ResultSet row) throws SQLException {
        return new Held(schedules.schedule(row.getString("spec")), ScheduleStore.standing(row));
    }

    private static String[] texts(Collection<ScheduleName> names) {
        return new TreeSet<>(names.stream().map(ScheduleName::value).toList()).toArray(String[]::new);
    }

    private static Ended ended(ResultSet row) throws SQLException {
        String how = row.getString("how");
        return new Ended(
                RunStore.run(row),
                how == null ? null : JobState.valueOf(how),
                Instants.orNull(row, "finished_at"),
                row.getString("message"));
    }
}
