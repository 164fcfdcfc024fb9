package dev.muster.postgres;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Small results that jobs hand back. */
@ApplicationScoped
public class ResultStore {
    /** Most bytes of one. */
    public static final int MOST_BYTES = 65_536;

    private final Sql sql;

    ResultStore(Sql sql) {
        this.sql = sql;
    }

    /** The last one counts; that of an older attempt never takes the place of a newer one's. */
    @Transactional
    public void put(AttemptId attempt, String content, Instant now) {
        sql.update("""
                insert into job_result (job, attempt, content, at) values (?, ?, ?, ?)
                on conflict (job) do update set attempt = excluded.attempt, content = excluded.content, at = excluded.at
                where job_result.attempt <= excluded.attempt""", attempt.job(), attempt.number(), content, now);
    }

    /** Unless the attempt, or a newer one, has said one itself. */
    @Transactional
    public void putUnlessSaid(AttemptId attempt, String content, Instant now) {
        sql.update("""
                insert into job_result (job, attempt, content, at) select id, ?, ?, ? from job where id = ?
                on conflict (job) do update set attempt = excluded.attempt, content = excluded.content, at = excluded.at
                where job_result.attempt < excluded.attempt""", attempt.number(), content, now, attempt.job());
    }

    @Transactional
    public Optional<String> of(JobId job) {
        return sql.query("select content from job_result where job = ?", row -> row.getString(1), job).stream()
                .findFirst();
    }
}
