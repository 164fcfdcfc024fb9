package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
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

    /** The object is gone. */
    @Transactional
    public void forget(String key) {
        sql.update("delete from external_job where key = ?", key);
    }
}
