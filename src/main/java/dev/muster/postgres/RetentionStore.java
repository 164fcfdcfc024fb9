package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept no longer, so many at once. In the transaction of the caller, who has checked that it leads. */
@ApplicationScoped
public class RetentionStore {
    /** A run that has not been told of its job's end keeps it, and so does a pod that is still there. */
    private static final String DUE = """
            with due as (
                select id from job
                where %s and state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')
                    and not exists (select from attempt where attempt.job = job.id and attempt.state <> 'ENDED')
                    and not exists (select from schedule_run where schedule_run.job = job.id and schedule_run.state = 'STARTED')
                order by %s limit ? for update skip locked
            ), gone as (
                delete from job using due where job.id = due.id returning job.*
            ), kept as (""" + JobStore.KEPT + """
            ) select id, team, name, attempt, state, job_set from gone""";

    private static final String LIVED = DUE.formatted("delete_at <= ?", "delete_at");
    private static final String OLD =
            DUE.formatted("coalesce(finished_at, 'infinity') < ?", "coalesce(finished_at, 'infinity')");
    /** Those of jobs that go on stay, and those by which jobs are known that others wait for. */
    private static final String EVENTS = """
            delete from event where (txid, id) in (
                select txid, id from event
                where at < ? and (job is null or not exists (select from job where job.id = event.job and finished_at is null)
                    and not exists (select from job_dependency where needs = event.job))
                limit ?)""";

    private final Sql sql;
    private final EventStore events;

    RetentionStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** Deletes jobs whose time to live is over; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int lived(Instant now, int most, String actor) {
        return delete(LIVED, now, now, most, actor);
    }

    /** Deletes jobs that ended before {@code end}; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int endedBefore(Instant end, Instant now, int most, String actor) {
        return delete(OLD, end, now, most, actor);
    }

    /** Deletes events of before {@code end}, but for those of jobs that have not ended; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int eventsBefore(Instant end, int most) {
        return sql.update(EVENTS, end, most);
    }

    /** Deletes arrays that have ended and whose children are all gone, and that nobody waits for; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int emptyArrays(int most) {
        return sql.update("""
                delete from job_array where id in (
                    select id from job_array where state is not null
                        and not exists (select from job where array_id = job_array.id)
                        and not exists (select from job_dependency where needs = job_array.id) limit ?)""", most);
    }

    private int delete(String statement, Instant limit, Instant now, int most, String actor) {
        List<Event> gone = sql.query(statement, row -> event(row, now, actor), limit, most);
        events.append(gone);
        return gone.size();
    }

    private static Event event(ResultSet row, Instant now, String actor) throws SQLException {
        int number = row.getInt("attempt");
        String set = row.getString("job_set");
        @Nullable Integer attempt = number == 0 ? null : number;
        return new Event(
                        now,
                        EventType.JOB_DELETED,
                        actor,
                        new TeamName(row.getString("team")),
                        new JobId(row.getString("id")),
                        row.getString("name"),
                        attempt,
                        row.getString("state"),
                        null,
                        null)
                .in(set == null ? null : new JobSetName(set));
    }
}
