package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.job.Role;
import dev.muster.job.Series;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.SizedRun;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs of the same that succeeded held and how long they took, also of jobs that were deleted. */
@ApplicationScoped
public class SizedRunStore {
    private static final String LATEST = """
            select held.*, (select jsonb_agg(jsonb_build_object('role', role, 'pool', pool, 'since', since,
                    'until', coalesce(until, held.ended_at))) from elastic_pod
                where elastic_pod.job = held.job and elastic_pod.attempt = held.number) as elastic
            from (select attempt.job, attempt.number, coalesce(attempt.launched_in, job.queue) as queue, job.shape,
                    attempt.placements, attempt.created_at, attempt.started_at, attempt.ended_at, attempt.outcome
                from job join attempt on attempt.job = job.id
                where job.team = ? and regexp_replace(job.name, '-[0-9]+$', '') = ?
                    and job.state = 'SUCCEEDED' and job.started_at is not null
                union all
                select job, number, queue, shape, placements, created_at, started_at, ended_at, outcome from deleted_attempt
                where team = ? and regexp_replace(name, '-[0-9]+$', '') = ?) held
            where ended_at >= ? and ended_at < ? and started_at < ended_at and outcome ->> 'result' = 'SUCCEEDED'
            order by ended_at desc limit ?""";

    private static final Json.Reader<Map<RoleName, Map<PoolName, Integer>>> PLACEMENTS =
            Json.reader(new TypeReference<Map<RoleName, Map<PoolName, Integer>>>() {});
    private static final Json.Reader<List<Elastic>> ELASTIC = Json.reader(new TypeReference<List<Elastic>>() {});

    private final Sql sql;

    SizedRunStore(Sql sql) {
        this.sql = sql;
    }

    /** A pod above the minimum, as the query writes it. */
    record Elastic(RoleName role, PoolName pool, Instant since, Instant until) {}

    /** The latest {@code most} that ended within the period and {@code sight} (null: all) reaches. */
    @Transactional
    public List<SizedRun> latest(Series series, Period period, int most, @Nullable Sight sight) {
        List<SizedRun> runs = new ArrayList<>();
        sql.each(
                LATEST,
                row -> {
                    if (sight == null || sight.reaches(series.team(), new QueueName(row.getString("queue")))) {
                        runs.add(run(row));
                    }
                },
                series.team().value(),
                series.name(),
                series.team().value(),
                series.name(),
                period.from(),
                period.to(),
                most);
        return runs;
    }

    private static SizedRun run(ResultSet row) throws SQLException {
        Map<RoleName, Resources> pods = new HashMap<>();
        for (Role role : JobShape.read(row.getString("shape")).roles()) {
            pods.put(role.name(), role.pod().resources());
        }
        Instant since = Instants.of(row, "created_at");
        Instant until = Instants.of(row, "ended_at");
        List<SizedRun.Held> held = new ArrayList<>();
        PLACEMENTS
                .read(row.getString("placements"))
                .forEach((role, pools) -> pools.forEach((pool, count) -> {
                    Resources pod = pods.get(role);
                    if (pod != null) {
                        held.add(new SizedRun.Held(pool, pod, count, since, until));
                    }
                }));
        String elastic = row.getString("elastic");
        if (elastic != null) {
            for (Elastic one : ELASTIC.read(elastic)) {
                Resources pod = pods.get(one.role());
                if (pod != null) {
                    held.add(new SizedRun.Held(one.pool(), pod, 1, one.since(), one.until()));
                }
            }
        }
        return new SizedRun(Instants.of(row, "started_at"), until, held);
    }
}
