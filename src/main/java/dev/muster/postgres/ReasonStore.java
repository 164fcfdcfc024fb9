package dev.muster.postgres;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Reason;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why waiting jobs wait. Only changes are written, and only a change of the primary code goes into the history. */
@ApplicationScoped
public class ReasonStore {
    private static final String EVENTS = """
            insert into event (at, type, actor, team, job, name, "from", "to", why, job_set)
            select ?, 'REASON_CHANGED', ?, j.team, j.id, j.name, r.code, n.code, n.reasons -> 0, j.job_set
            from (select unnest(?) as job, unnest(?) as code, unnest(?)::jsonb as reasons) n
            join job j on j.id = n.job
            left join job_reason r on r.job = n.job
            where j.state in ('QUEUED', 'BLOCKED') and r.code is distinct from n.code
            order by j.id""";
    private static final String UPSERT = """
            insert into job_reason (job, code, reasons, at)
            select n.job, n.code, n.reasons, ?
            from (select unnest(?) as job, unnest(?) as code, unnest(?)::jsonb as reasons) n
            join job j on j.id = n.job
            where j.state in ('QUEUED', 'BLOCKED')
            order by n.job
            on conflict (job) do update set code = excluded.code, reasons = excluded.reasons, at = excluded.at
            where job_reason.reasons <> excluded.reasons""";

    private static final String WAITING = """
            select waiting.code, waiting.jobs, job_reason.reasons -> 0
            from (select code, count(*) as jobs, max(job) as newest
                from job_reason join job on job.id = job_reason.job
                where state in ('QUEUED', 'BLOCKED')%s
                group by code) waiting
            join job_reason on job_reason.job = waiting.newest
            order by waiting.jobs desc, waiting.code""";
    private static final Json.Reader<Reason> REASON = Json.reader(Reason.class);

    private final Sql sql;

    ReasonStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * Keeps these reasons (each list with the primary one first) of jobs that still wait; what is the same already is not
     * written. Returns how many were. The caller gives what has changed since its last plan, not every job of every cycle.
     */
    @Transactional
    public int write(Map<JobId, List<Reason>> reasons, Instant at, String actor) {
        List<Map.Entry<JobId, List<Reason>>> sorted = reasons.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
        if (sorted.isEmpty()) {
            return 0;
        }
        String[] jobs = sorted.stream().map(entry -> entry.getKey().value()).toArray(String[]::new);
        String[] codes = sorted.stream()
                .map(entry -> entry.getValue().get(0).code().name())
                .toArray(String[]::new);
        // Equal jobs of a plan share one list: it is put into JSON once for all of them.
        Map<List<Reason>, String> written = new IdentityHashMap<>();
        String[] texts = sorted.stream()
                .map(entry -> written.computeIfAbsent(entry.getValue(), Json::write))
                .toArray(String[]::new);
        sql.update(EVENTS, at, actor, jobs, codes, texts);
        return sql.update(UPSERT, at, jobs, codes, texts);
    }

    /** So many jobs wait for this; {@code newest} is the primary reason of the newest of them, as an example. */
    public record Waiting(String code, long jobs, Reason newest) {}

    /** What all jobs wait for that wait, the most frequent first. */
    @Transactional
    public List<Waiting> waiting() {
        return waiting(null);
    }

    /** Of the jobs that may be seen; null: all. */
    @Transactional
    public List<Waiting> waiting(@Nullable Sight sight) {
        return sight == null
                ? sql.query(WAITING.formatted(""), ReasonStore::read)
                : sql.query(
                        WAITING.formatted(" and (team = any(?) or queue = any(?))"),
                        ReasonStore::read,
                        Sights.teams(sight),
                        Sights.queues(sight));
    }

    private static Waiting read(ResultSet row) throws SQLException {
        return new Waiting(row.getString(1), row.getLong(2), REASON.read(row.getString(3)));
    }
}
