package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which object that was created past Muster is which job: one job for an object, however often it is seen. */
@ApplicationScoped
public class ExternalJobStore {
    private static final String ALL = """
            select external_job.key, job.id, job.state from external_job join job on job.id = external_job.job""";

    private final Sql sql;

    ExternalJobStore(Sql sql) {
        this.sql = sql;
    }

    /** The job of an object, and where it is. */
    public record Known(String key, JobId job, JobState state) {}

    /** Every object that is known, by its key. */
    @Transactional
    public Map<String, Known> all() {
        return sql
                .query(
                        ALL,
                        row -> new Known(
                                row.getString(1), new JobId(row.getString(2)), JobState.valueOf(row.getString(3))))
                .stream()
                .collect(Collectors.toMap(Known::key, known -> known, (a, b) -> a, TreeMap::new));
    }

    /** In the transaction that inserts the job; false where the object has one already: then that must not be. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean put(String key, JobId job) {
        return sql.update("insert into external_job (key, job) values (?, ?) on conflict do nothing", key, job.value())
                == 1;
    }

    /** By which name others know what the attempt runs; said again it is the last word. Nothing where the job is gone. */
    @Transactional
    public void run(AttemptId attempt, String application) {
        sql.update("""
                insert into external_run (job, attempt, application) select id, ?, ? from job where id = ?
                on conflict (job, attempt) do update set application = excluded.application""", attempt.number(), application, attempt.job().value());
    }

    /** By which name others know what the attempt runs, or ran. */
    @Transactional
    public Optional<String> run(AttemptId attempt) {
        return sql
                .query(
                        "select application from external_run where job = ? and attempt = ?",
                        row -> row.getString(1),
                        attempt.job().value(),
                        attempt.number())
                .stream()
                .findFirst();
    }

    /** The object is gone. */
    @Transactional
    public void forget(String key) {
        sql.update("delete from external_job where key = ?", key);
    }
}
