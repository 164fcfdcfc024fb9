package dev.muster.postgres;

import dev.muster.job.Role;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.priority.PreemptionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs that waited or ran in some span of time, as much of them as is needed to let them arrive again. */
@ApplicationScoped
public class PastJobs {
    private static final String COLUMNS = """
            id, team, queue, priority, shape, state, submitted_at, started_at, finished_at, exists (select from priority_class c
                where c.name = job.priority_class and c.spec ->> 'preemptionPolicy' = '%s')""".formatted(PreemptionPolicy.PREEMPT_LOWER_PRIORITY);

    private static final String PAGE = """
            select %s from job
            where id > ? and coalesce(finished_at, 'infinity') >= ? and submitted_at < ? order by id limit ?""".formatted(COLUMNS);

    /** By their ends, of which there is an index: a week of a million jobs is found without the others. */
    private static final String BY_END = """
            select %s from job
            where (coalesce(finished_at, 'infinity'), id) > (?::timestamptz, ?) and submitted_at < ?
            order by coalesce(finished_at, 'infinity'), id limit ?""".formatted(COLUMNS);

    private final Sql sql;

    PastJobs(Sql sql) {
        this.sql = sql;
    }

    /** Null where it has not started, or not finished. {@code mayPreempt} is its class's, as that is now. */
    public record PastJob(
            JobId id,
            TeamName team,
            QueueName queue,
            int priority,
            boolean mayPreempt,
            List<Role> roles,
            @Nullable Duration maxRunTime,
            String state,
            Instant submittedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** In the order of acceptance, those after {@code after} (empty: from the first). */
    @Transactional
    public List<PastJob> between(Instant from, Instant to, String after, int most) {
        return sql.query(PAGE, PastJobs::row, after, from, to, most);
    }

    /** The same in the order of their ends, those that go on last; {@code after}: the last of the page before, null for the first. */
    @Transactional
    public List<PastJob> byEnd(Instant from, Instant to, @Nullable PastJob after, int most) {
        String since = after == null
                ? from.toString()
                : after.finishedAt() == null ? "infinity" : after.finishedAt().toString();
        return sql.query(
                BY_END, PastJobs::row, since, after == null ? "" : after.id().value(), to, most);
    }

    private static PastJob row(ResultSet row) throws SQLException {
        JobShape shape = JobShape.read(row.getString(5));
        return new PastJob(
                new JobId(row.getString(1)),
                new TeamName(row.getString(2)),
                new QueueName(row.getString(3)),
                row.getInt(4),
                row.getBoolean(10),
                shape.roles(),
                shape.maxRunTime(),
                row.getString(6),
                Instants.of(row, 7),
                Instants.orNull(row, 8),
                Instants.orNull(row, 9));
    }
}
