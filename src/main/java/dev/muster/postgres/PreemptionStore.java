package dev.muster.postgres;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gangs that gave way: read from the events, which stay when jobs go. */
@ApplicationScoped
public class PreemptionStore {
    private static final Json.Reader<Map<String, String>> NUMBERS =
            Json.reader(new com.fasterxml.jackson.core.type.TypeReference<Map<String, String>>() {});

    /** As the index says it. */
    private static final String EVICTED = """
            event.type = 'ATTEMPT_MOVED' and event."to" = 'RELEASING'
            and event.why ->> 'code' in ('PREEMPTED', 'RECLAIMED', 'CAPABILITY_CUT', 'CONSOLIDATED')
            and event.at >= ? and event.at < ?""";

    private static final String TAKER = " left join job taker on taker.id = event.why -> 'numbers' ->> 'taker'";

    private static final String LATEST = """
            select event.at, event.team, event.job, event.name, event.attempt, event.why ->> 'code' as code,
                event.why ->> 'message' as message, event.why -> 'numbers' as numbers,
                taker.id as taker, taker.name as taker_name, taker.team as taker_team
            from event""" + TAKER + " where " + EVICTED;

    private static final String TOTALS =
            """
            select (event.at at time zone 'UTC')::date as day, event.team, taker.team as taker_team, event.why ->> 'code' as code,
                count(*) as gangs, sum((event.why -> 'numbers' ->> 'pods')::bigint) as pods,
                sum((event.why -> 'numbers' ->> 'lostCpuSeconds')::bigint) as lost
            from event""" + TAKER + " where " + EVICTED + " group by 1, 2, 3, 4 order by 1 desc, 7 desc nulls last, 2, 3, 4";

    private final Sql sql;

    PreemptionStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * A gang that gave way: for whom (null: for nobody, or for a job that is deleted), why, and what of its work was lost, in seconds of one
     * cpu since it was saved last, or began.
     */
    public record Preemption(
            Instant at,
            TeamName team,
            @Nullable QueueName queue,
            JobId job,
            String name,
            int attempt,
            String code,
            String message,
            int pods,
            Duration lostCpu,
            @Nullable Taker taker) {}

    /** In whose favour. */
    public record Taker(JobId job, String name, TeamName team) {}

    /** How many gangs of a team gave way to one (null: to nobody) on a day (UTC) for one cause, and what was lost by that. */
    public record Total(
            LocalDate day,
            TeamName team,
            @Nullable TeamName takerTeam,
            String code,
            long gangs,
            long pods,
            Duration lostCpu) {}

    /** Newest first; of one team, or of all. */
    @Transactional
    public List<Preemption> latest(Instant from, Instant to, @Nullable TeamName team, int most) {
        String order = " order by event.at desc, event.id desc limit " + most;
        return team == null
                ? sql.query(LATEST + order, PreemptionStore::row, from, to)
                : sql.query(LATEST + " and event.team = ?" + order, PreemptionStore::row, from, to, team);
    }

    /** The latest day first. */
    @Transactional
    public List<Total> totals(Instant from, Instant to) {
        return sql.query(
                TOTALS,
                row -> new Total(
                        row.getObject(1, LocalDate.class),
                        new TeamName(row.getString(2)),
                        row.getString(3) == null ? null : new TeamName(row.getString(3)),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        Duration.ofSeconds(row.getLong(7))),
                from,
                to);
    }

    private static Preemption row(ResultSet row) throws SQLException {
        Map<String, String> numbers =
                Objects.requireNonNullElse(NUMBERS.readNullable(row.getString("numbers")), Map.of());
        String queue = numbers.get("queue");
        String taker = row.getString("taker");
        return new Preemption(
                Instants.of(row, "at"),
                new TeamName(row.getString("team")),
                queue == null ? null : new QueueName(queue),
                new JobId(row.getString("job")),
                row.getString("name"),
                row.getInt("attempt"),
                row.getString("code"),
                row.getString("message"),
                (int) number(numbers, "pods"),
                Duration.ofSeconds(number(numbers, "lostCpuSeconds")),
                taker == null
                        ? null
                        : new Taker(
                                new JobId(taker),
                                row.getString("taker_name"),
                                new TeamName(row.getString("taker_team"))));
    }

    private static long number(Map<String, String> numbers, String name) {
        String text = numbers.get(name);
        return text == null ? 0 : Long.parseLong(text);
    }
}
