package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.event.Event;
import dev.muster.quota.fallback.Fallback;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What teams have spent, and have set apart, on nodes that are not spot for jobs that wanted spot nodes first. */
@ApplicationScoped
public class OnDemandStore {
    private static final Json.Reader<Map<RoleName, Map<PoolName, Integer>>> PLACEMENTS =
            Json.reader(new TypeReference<Map<RoleName, Map<PoolName, Integer>>>() {});
    private static final int DIGITS = 6;

    private final Sql sql;
    private final WaitStore waits;
    private final EventStore events;
    private final Leadership leadership;

    OnDemandStore(Sql sql, WaitStore waits, EventStore events, Leadership leadership) {
        this.sql = sql;
        this.waits = waits;
        this.events = events;
        this.leadership = leadership;
    }

    /** The job's next attempt may cost so much, which holds its nodes no longer than {@code length}. */
    public record Grant(JobId job, int attempt, TeamName team, BigDecimal cost, Duration length, Fallback.Rule rule) {}

    /** By team; and what of that is set apart for jobs that have not used it yet. */
    public record Spent(Map<TeamName, BigDecimal> byTeam, Map<JobId, BigDecimal> setApart) {
        public static final Spent NOTHING = new Spent(Map.of(), Map.of());

        public Spent {
            byTeam = Map.copyOf(byTeam);
            setApart = Map.copyOf(setApart);
        }

        public BigDecimal of(TeamName team) {
            return byTeam.getOrDefault(team, BigDecimal.ZERO);
        }

        /** But for what is set apart for this job, which asks again. */
        public BigDecimal beside(TeamName team, JobId job) {
            return of(team).subtract(setApart.getOrDefault(job, BigDecimal.ZERO));
        }
    }

    /**
     * Sets apart what is granted and says so of the jobs, all or nothing.
     *
     * @throws Leadership.Lost where another replica plans by now; nothing was written
     */
    @Transactional
    public void write(
            long epoch, List<Grant> grants, Map<JobId, WaitStore.Wait> told, List<Event> happened, Instant now) {
        leadership.requireEpoch(epoch);
        sql.batch("""
                insert into on_demand_grant (job, attempt, team, at, cost, seconds, rule) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (job, attempt) do update
                    set at = excluded.at, cost = excluded.cost, seconds = excluded.seconds, rule = excluded.rule""", grants, (row, grant) -> row.text(grant.job())
                .number(grant.attempt())
                .text(grant.team())
                .instant(now)
                .decimal(grant.cost())
                .number(Math.max(1, grant.length().toSeconds()))
                .text(grant.rule()));
        waits.write(told);
        events.append(happened);
    }

    /** Teams that have a budget of their own, with it. */
    @Transactional
    public Map<TeamName, Integer> budgets() {
        Map<TeamName, Integer> budgets = new TreeMap<>();
        sql.each(
                "select name, (spec ->> 'onDemandBudget')::integer as budget from team where spec ->> 'onDemandBudget' is not null",
                row -> budgets.put(new TeamName(row.getString("name")), row.getInt("budget")));
        return budgets;
    }

    /** By which rule each of these jobs may use nodes that are not spot, and what it may cost at most; the latest word counts. */
    @Transactional
    public Map<JobId, Grant> granted(Collection<JobId> jobs) {
        Map<JobId, Grant> granted = new TreeMap<>();
        sql.each(
                """
                select job, attempt, team, cost, seconds, rule from on_demand_grant where job = any(?) order by job, attempt""",
                row -> {
                    JobId job = new JobId(row.getString("job"));
                    granted.put(
                            job,
                            new Grant(
                                    job,
                                    row.getInt("attempt"),
                                    new TeamName(row.getString("team")),
                                    row.getBigDecimal("cost"),
                                    Duration.ofSeconds(row.getLong("seconds")),
                                    Fallback.Rule.valueOf(row.getString("rule"))));
                },
                (Object) jobs.stream().map(JobId::value).toArray(String[]::new));
        return granted;
    }

    /**
     * What each team has spent since then. An attempt that has ended took the part of its cost that it was there of its time, one
     * that is to come or lives all of it, one that found room on spot nodes after all, or will never be, nothing.
     */
    @Transactional
    public Spent spentSince(Instant then, Set<PoolName> spot) {
        Map<TeamName, BigDecimal> spent = new TreeMap<>();
        Map<JobId, BigDecimal> setApart = new TreeMap<>();
        sql.each(
                """
                select g.job, g.team, g.cost, g.seconds,
                    job.state = 'QUEUED' and job.attempt < g.attempt as waits,
                    coalesce(attempt.placements, deleted.placements) as placements,
                    coalesce(attempt.created_at, deleted.created_at) as created_at,
                    coalesce(attempt.ended_at, deleted.ended_at) as ended_at
                from on_demand_grant g
                left join job on job.id = g.job
                left join attempt on attempt.job = g.job and attempt.number = g.attempt
                left join deleted_attempt deleted on deleted.job = g.job and deleted.number = g.attempt
                where g.at > ?""",
                row -> {
                    BigDecimal charge = charge(row, spot);
                    spent.merge(new TeamName(row.getString("team")), charge, BigDecimal::add);
                    if (row.getString("placements") == null) {
                        setApart.put(new JobId(row.getString("job")), charge);
                    }
                },
                then);
        return new Spent(spent, setApart);
    }

    private static BigDecimal charge(ResultSet row, Set<PoolName> spot) throws SQLException {
        BigDecimal most = row.getBigDecimal("cost");
        String placements = row.getString("placements");
        if (placements == null) {
            return row.getBoolean("waits") ? most : BigDecimal.ZERO;
        }
        boolean onSpot =
                PLACEMENTS.read(placements).values().stream().allMatch(pools -> spot.containsAll(pools.keySet()));
        if (onSpot) {
            return BigDecimal.ZERO;
        }
        Instant created = Instants.orNull(row, "created_at");
        Instant ended = Instants.orNull(row, "ended_at");
        if (created == null || ended == null) {
            return most;
        }
        BigDecimal held =
                BigDecimal.valueOf(Math.max(0, Duration.between(created, ended).toSeconds()));
        BigDecimal part = held.divide(BigDecimal.valueOf(row.getLong("seconds")), MathContext.DECIMAL64)
                .min(BigDecimal.ONE);
        return most.multiply(part).setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
