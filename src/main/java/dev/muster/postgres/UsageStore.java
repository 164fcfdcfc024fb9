package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.job.Category;
import dev.muster.job.Outcome;
import dev.muster.job.Role;
import dev.muster.job.Series;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Holder;
import dev.muster.quota.usage.Holding;
import dev.muster.quota.usage.NodePrice;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Prices;
import dev.muster.quota.usage.Used;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What attempts hold and held, worked out of what is kept of them anyway: a gang from its attempt's beginning to its end, a pod above
 * the minimum from when it was asked for until it was gone. Nothing is written for usage alone that a crash could lose.
 */
@ApplicationScoped
public class UsageStore {
    /** Both kinds of attempts, of jobs that are there and of those that were deleted. */
    private static final String ATTEMPTS = """
            (select attempt.job, attempt.number, job.team, coalesce(attempt.launched_in, job.queue) as queue, job.submitted_by, job.name,
                job.shape, attempt.placements, attempt.created_at, attempt.started_at, attempt.ended_at, attempt.outcome,
                job.priority_class
            from attempt join job on job.id = attempt.job
            where attempt.created_at < ? and coalesce(attempt.ended_at, 'infinity') > ?
            union all
            select job, number, team, queue, submitted_by, name, shape, placements, created_at, started_at, ended_at, outcome,
                priority_class
            from deleted_attempt where created_at < ? and ended_at > ?) held""";

    /** Asked only of attempts that failed: when their work was saved last. */
    private static final String SAVED = """
            case when outcome -> 'failure' is not null then (select max(event.at) from event
                where event.job = held.job and event.attempt = held.number and event.type = 'CHECKPOINTED') end as saved_at""";

    private static final String GANGS = "select *, " + SAVED + " from " + ATTEMPTS;

    private static final String ELASTIC =
            "select held.*, " + SAVED + ", elastic_pod.role, elastic_pod.pool, elastic_pod.since,"
                    + " coalesce(elastic_pod.until, held.ended_at) as until"
                    + " from " + ATTEMPTS
                    + " join elastic_pod on elastic_pod.job = held.job and elastic_pod.attempt = held.number"
                    + " where elastic_pod.since < ? and coalesce(elastic_pod.until, 'infinity') > ?";

    private static final String USED =
            "select held.*, pod_use.role, pod_use.pool, pod_use.hour, pod_use.pod_millis, pod_use.cpu, pod_use.memory"
                    + " from " + ATTEMPTS
                    + " join pod_use on pod_use.job = held.job and pod_use.attempt = held.number"
                    + " where pod_use.hour >= ? and pod_use.hour < ?";

    private static final Json.Reader<Outcome> OUTCOME = Json.reader(Outcome.class);
    private static final Json.Reader<Resources> RESOURCES = Json.reader(Resources.class);
    private static final Json.Reader<Map<RoleName, Map<PoolName, Integer>>> PLACEMENTS =
            Json.reader(new TypeReference<Map<RoleName, Map<PoolName, Integer>>>() {});

    private final Sql sql;
    private final Words<Map<RoleName, Map<PoolName, Integer>>> placements = new Words<>(PLACEMENTS::read);

    UsageStore(Sql sql) {
        this.sql = sql;
    }

    /** Everything that was held at some time of the period, one after the other. */
    @Transactional
    public void each(Period period, Consumer<Holding> seen) {
        sql.each(GANGS, row -> gang(row, seen), period.to(), period.from(), period.to(), period.from());
        sql.each(
                ELASTIC,
                row -> elastic(row).ifPresent(seen),
                period.to(),
                period.from(),
                period.to(),
                period.from(),
                period.to(),
                period.from());
    }

    /** How many jobs of a team in a queue with a class held something. */
    public record Ran(TeamName team, QueueName queue, String priority, long jobs) {}

    /** Of all that held something at some time of the period, also those that were deleted since. */
    @Transactional
    public List<Ran> jobsByPriority(Period period) {
        return sql.query(
                "select team, queue, coalesce(priority_class, ?) as priority, count(distinct job) as jobs from "
                        + ATTEMPTS + " group by 1, 2, 3",
                row -> new Ran(
                        new TeamName(row.getString("team")),
                        new QueueName(row.getString("queue")),
                        row.getString("priority"),
                        row.getLong("jobs")),
                Holder.UNKNOWN,
                period.to(),
                period.from(),
                period.to(),
                period.from());
    }

    /** The same of one job. */
    @Transactional
    public void each(Period period, JobId job, Consumer<Holding> seen) {
        sql.each(
                GANGS + " where held.job = ?",
                row -> gang(row, seen),
                period.to(),
                period.from(),
                period.to(),
                period.from(),
                job);
        sql.each(
                ELASTIC + " and held.job = ?",
                row -> elastic(row).ifPresent(seen),
                period.to(),
                period.from(),
                period.to(),
                period.from(),
                period.to(),
                period.from(),
                job);
    }

    /** What pods used in the hours that begin within the period, as far as it was measured. */
    @Transactional
    public void eachUsed(Period period, Consumer<Used> seen) {
        sql.each(
                USED,
                row -> used(row).ifPresent(seen),
                period.to(),
                period.from(),
                period.to(),
                period.from(),
                period.from(),
                period.to());
    }

    private static Optional<Used> used(ResultSet row) throws SQLException {
        Resources pod = pods(row).get(new RoleName(row.getString("role")));
        return pod == null
                ? Optional.empty()
                : Optional.of(new Used(
                        holder(row),
                        new PoolName(row.getString("pool")),
                        Instants.of(row, "hour"),
                        pod,
                        row.getLong("pod_millis"),
                        row.getBigDecimal("cpu").toBigInteger(),
                        row.getBigDecimal("memory").toBigInteger()));
    }

    /** What nodes cost, as it changed. */
    @Transactional
    public Prices prices() {
        Map<PoolName, List<NodePrice>> all = new HashMap<>();
        sql.each("select pool, since, price, resources from pool_price", row -> all.computeIfAbsent(
                        new PoolName(row.getString(1)), pool -> new ArrayList<>())
                .add(new NodePrice(
                        Instants.of(row, "since"),
                        row.getObject(3, BigDecimal.class),
                        RESOURCES.read(row.getString(4)))));
        return new Prices(all);
    }

    private void gang(ResultSet row, Consumer<Holding> seen) throws SQLException {
        Map<RoleName, Resources> pods = pods(row);
        Map<PoolName, Resources> ofPool = new HashMap<>();
        placements
                .of(row.getString("placements"))
                .forEach((role, pools) -> pools.forEach((pool, count) -> {
                    Resources pod = pods.get(role);
                    if (pod != null) {
                        ofPool.merge(pool, pod.times(count), Resources::plus);
                    }
                }));
        Holder holder = holder(row);
        Instant lost = lostSince(row);
        Instant since = Instants.of(row, "created_at");
        Instant until = Instants.orNull(row, "ended_at");
        ofPool.forEach((pool, held) -> seen.accept(new Holding(holder, pool, held, since, until, lost)));
    }

    private static Optional<Holding> elastic(ResultSet row) throws SQLException {
        Resources pod = pods(row).get(new RoleName(row.getString("role")));
        return pod == null
                ? Optional.empty()
                : Optional.of(new Holding(
                        holder(row),
                        new PoolName(row.getString("pool")),
                        pod,
                        Instants.of(row, "since"),
                        Instants.orNull(row, "until"),
                        lostSince(row)));
    }

    private static Holder holder(ResultSet row) throws SQLException {
        TeamName team = new TeamName(row.getString("team"));
        return new Holder(
                team,
                new QueueName(row.getString("queue")),
                row.getString("submitted_by"),
                Series.named(team, row.getString("name")).name(),
                JobShape.read(row.getString("shape")).life().costCentre(),
                row.getString("priority_class"));
    }

    private static Map<RoleName, Resources> pods(ResultSet row) throws SQLException {
        Map<RoleName, Resources> pods = new HashMap<>();
        for (Role role : JobShape.read(row.getString("shape")).roles()) {
            pods.put(role.name(), role.pod().resources());
        }
        return pods;
    }

    /** The platform took it away: what it did since it had started, or saved its work last, is to be done again. */
    private static @Nullable Instant lostSince(ResultSet row) throws SQLException {
        Outcome outcome = OUTCOME.readNullable(row.getString("outcome"));
        Instant started = Instants.orNull(row, "started_at");
        Category category = outcome == null || outcome.failure() == null
                ? null
                : outcome.failure().category();
        if (category == null || category.spendsUsersRetries() || started == null) {
            return null;
        }
        Instant saved = Instants.orNull(row, "saved_at");
        return saved != null && saved.isAfter(started) ? saved : started;
    }
}
