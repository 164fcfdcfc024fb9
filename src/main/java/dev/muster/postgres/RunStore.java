package dev.muster.postgres;

import dev.muster.quota.name.JobId;
import dev.muster.schedule.Days;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.ScheduleName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs of schedules: one for every tick that was decided, by hand, or of a backfill. */
@ApplicationScoped
public class RunStore {
    static final String RUN = "select id, schedule, tick, origin, number, interval_start, interval_end, state, job,"
            + " made_at, started_at, ended_at, why from schedule_run ";

    /** By the number of the day, from 1: what a zone's clocks do is known here, as everywhere else, and not by the database's own table. */
    private static final String DAYS = """
            with d as (select ?::text[]::timestamptz[] as bounds)
            select schedule, width_bucket(tick, bounds), state, count(*) from schedule_run, d
            where tick >= bounds[1] and tick < bounds[cardinality(bounds)]""";

    private final Sql sql;

    RunStore(Sql sql) {
        this.sql = sql;
    }

    /** Keeps new runs; one that is there already stays as it is. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void insert(List<Run> runs) {
        sql.batch("""
                insert into schedule_run (schedule, tick, origin, number, interval_start, interval_end, state, made_at, ended_at,
                    why) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (schedule, tick, origin, number) do nothing""", runs, (parameters, run) -> parameters
                .text(run.schedule())
                .instant(run.tick())
                .text(run.origin())
                .number(run.number())
                .instant(run.interval().start())
                .instant(run.interval().end())
                .text(run.state())
                .instant(run.madeAt())
                .instant(run.endedAt())
                .text(run.why()));
    }

    /** Those of a schedule that wait or have a job that has not been seen to end, oldest tick first. */
    @Transactional
    public List<Run> open(ScheduleName schedule) {
        return sql.query(
                RUN + "where schedule = ? and state in ('WAITING', 'STARTED') order by tick, id",
                RunStore::run,
                schedule);
    }

    /** Ends it: a waiting one is left out, refused or cancelled, a started one as its job ended. False where it is not open. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean end(Run run, RunState state, Instant at, @Nullable String why) {
        return sql.update(
                        "update schedule_run set state = ?, ended_at = ?, why = ? where id = ? and state in ('WAITING', 'STARTED')",
                        state,
                        at,
                        why,
                        run.id())
                == 1;
    }

    /** The newest first: at most {@code most} before the run {@code before} (null: from the newest). */
    @Transactional
    public List<Run> list(ScheduleName schedule, @Nullable Long before, int most) {
        return sql.query(
                RUN + "where schedule = ? and id < ? order by id desc limit ?",
                RunStore::run,
                schedule,
                before == null ? Long.MAX_VALUE : before,
                most);
    }

    /** Of all schedules: those of ticks from {@code from} to before {@code to}, the oldest first. */
    @Transactional
    public List<Run> between(Instant from, Instant to, int most) {
        return sql.query(
                RUN + "where tick >= ? and tick < ? order by tick, schedule, id limit ?",
                RunStore::run,
                from,
                to,
                most);
    }

    /** How many there are in each state, of each schedule. */
    @Transactional
    public Map<ScheduleName, Map<RunState, Integer>> counts() {
        Map<ScheduleName, Map<RunState, Integer>> counts = new HashMap<>();
        sql.query(
                        "select schedule, state, count(*) as runs from schedule_run group by schedule, state",
                        row -> Map.entry(
                                new ScheduleName(row.getString("schedule")),
                                Map.entry(RunState.valueOf(row.getString("state")), row.getInt("runs"))))
                .forEach(one -> counts.computeIfAbsent(one.getKey(), name -> new EnumMap<>(RunState.class))
                        .put(one.getValue().getKey(), one.getValue().getValue()));
        return counts;
    }

    /** The same for one schedule; {@code backfill}: only of that one. */
    @Transactional
    public Map<RunState, Integer> counts(ScheduleName schedule, @Nullable Integer backfill) {
        Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
        sql.query(
                        "select state, count(*) as runs from schedule_run where schedule = ?"
                                + " and (? < 0 or (origin = 'BACKFILL' and number = ?)) group by state",
                        row -> Map.entry(RunState.valueOf(row.getString("state")), row.getInt("runs")),
                        schedule,
                        backfill == null ? -1 : backfill,
                        backfill == null ? -1 : backfill)
                .forEach(one -> counts.put(one.getKey(), one.getValue()));
        return counts;
    }

    /** How many runs each schedule has in each state on each of these days. */
    @Transactional
    public Map<ScheduleName, Map<LocalDate, Map<RunState, Integer>>> days(Days days) {
        Map<ScheduleName, Map<LocalDate, Map<RunState, Integer>>> found = new HashMap<>();
        sql.each(
                DAYS + " group by 1, 2, 3",
                row -> count(
                        days, row, found.computeIfAbsent(new ScheduleName(row.getString(1)), name -> new HashMap<>())),
                (Object) bounds(days));
        return found;
    }

    /** The same of one schedule. */
    @Transactional
    public Map<LocalDate, Map<RunState, Integer>> days(ScheduleName schedule, Days days) {
        Map<LocalDate, Map<RunState, Integer>> found = new HashMap<>();
        sql.each(DAYS + " and schedule = ? group by 1, 2, 3", row -> count(days, row, found), bounds(days), schedule);
        return found;
    }

    private static void count(Days days, ResultSet row, Map<LocalDate, Map<RunState, Integer>> found)
            throws SQLException {
        found.computeIfAbsent(days.day(row.getInt(2) - 1), day -> new EnumMap<>(RunState.class))
                .put(RunState.valueOf(row.getString(3)), row.getInt(4));
    }

    private static String[] bounds(Days days) {
        return days.bounds().stream().map(Instant::toString).toArray(String[]::new);
    }

    /** The ticks after {@code from} up to {@code to} whose interval has succeeded. */
    @Transactional
    public List<Instant> succeeded(ScheduleName schedule, Instant from, Instant to) {
        return sql.query(
                "select distinct tick from schedule_run where schedule = ? and state = 'SUCCEEDED' and tick > ? and tick <= ?",
                row -> Instants.of(row, 1),
                schedule,
                from,
                to);
    }

    static Run run(ResultSet row) throws SQLException {
        String job = row.getString("job");
        return new Run(
                row.getLong("id"),
                new ScheduleName(row.getString("schedule")),
                Instants.of(row, "tick"),
                Origin.valueOf(row.getString("origin")),
                row.getInt("number"),
                new Interval(Instants.of(row, "interval_start"), Instants.of(row, "interval_end")),
                RunState.valueOf(row.getString("state")),
                job == null ? null : new JobId(job),
                Instants.of(row, "made_at"),
                Instants.orNull(row, "started_at"),
                Instants.orNull(row, "ended_at"),
                row.getString("why"));
    }
}
