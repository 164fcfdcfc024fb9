package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which jobs people use, and when they did last. Forgotten by itself when a job is deleted. */
@ApplicationScoped
public class SessionStore {
    private final Sql sql;
    private final EventStore events;

    SessionStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** What is kept of a session's use. */
    public record Use(@Nullable Instant usedAt, @Nullable Instant toldAt) {
        public static final Use NONE = new Use(null, null);
    }

    /** With the jobs, in the transaction that accepts them. */
    @Transactional(Transactional.TxType.MANDATORY)
    void insert(List<Job> jobs) {
        List<Job> sessions = jobs.stream()
                .filter(job -> job.spec().life().interactive() != null)
                .toList();
        sql.batch(
                "insert into interactive_session (job, team, owner) values (?, ?, ?)",
                sessions,
                (row, job) -> row.text(job.id()).text(job.team()).text(job.submittedBy()));
    }

    /** They were used then; what is known to be later stays. Who was told that it ends is told again before it does. */
    @Transactional
    public void used(Map<JobId, Instant> uses) {
        // In one order: two replicas wait for each other and never in a circle.
        List<Map.Entry<JobId, Instant>> sorted =
                uses.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        sql.batch("""
                update interactive_session set used_at = greatest(used_at, ?), told_at = case when told_at > ? then told_at end
                where job = ?""", sorted, (row, use) -> row.instant(use.getValue())
                .instant(use.getValue())
                .text(use.getKey()));
    }

    /** Those that run. */
    @Transactional
    public Map<JobId, Use> running() {
        return running("");
    }

    /** The same, locked, so that no use is written while they are ended. What another transaction writes just now is left out. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<JobId, Use> lockRunning() {
        return running(" order by session.job for update of session skip locked");
    }

    private Map<JobId, Use> running(String end) {
        Map<JobId, Use> all = new HashMap<>();
        sql.each("""
                select session.job, session.used_at, session.told_at from interactive_session session join job on job.id = session.job
                where job.state = 'RUNNING'""" + end, row -> all.put(new JobId(row.getString(1)), use(row, 2)));
        return all;
    }

    /** Those that have not ended, newest first, after {@code before} (null: from the newest); of a team, of a person, of those that may be seen. */
    @Transactional
    public List<JobId> open(
            @Nullable TeamName team, @Nullable String owner, @Nullable Sight sight, @Nullable JobId before, int limit) {
        StringBuilder query = new StringBuilder(
                "select session.job from interactive_session session join job on job.id = session.job where job.finished_at is null");
        List<Object> values = new ArrayList<>();
        if (team != null) {
            query.append(" and job.team = ?");
            values.add(team);
        }
        if (owner != null) {
            query.append(" and session.owner = ?");
            values.add(owner);
        }
        if (sight != null) {
            query.append(" and (job.team = any(?) or job.queue = any(?))");
            values.add(Sights.teams(sight));
            values.add(Sights.queues(sight));
        }
        if (before != null) {
            query.append(" and job.id < ?");
            values.add(before);
        }
        query.append(" order by job.id desc limit ?");
        values.add(limit);
        return sql.query(query.toString(), row -> new JobId(row.getString(1)), values.toArray());
    }

    /** How many have not ended, of everybody; {@code idle}: of those that run, whose people were told that they will end. */
    public record Open(long waiting, long running, long idle) {}

    @Transactional
    public Open openNow() {
        return sql.query("""
                        select count(*) filter (where job.state <> 'RUNNING'),
                          count(*) filter (where job.state = 'RUNNING' and session.told_at is null),
                          count(*) filter (where job.state = 'RUNNING' and session.told_at is not null)
                        from interactive_session session join job on job.id = session.job where job.finished_at is null""", row -> new Open(row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
    }

    /** How many a person has in a team that have not ended; nobody else counts them until the caller's transaction is over. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int count(TeamName team, String owner) {
        sql.query(
                "select pg_advisory_xact_lock(hashtext('muster session ' || ? || ' ' || ?))::text",
                row -> "",
                team,
                owner);
        return open(team, owner, null, null, Integer.MAX_VALUE).size();
    }

    @Transactional
    public Map<JobId, Use> uses(Collection<JobId> jobs) {
        String[] ids = jobs.stream().map(JobId::value).toArray(String[]::new);
        Map<JobId, Use> all = new HashMap<>();
        sql.each(
                "select job, used_at, told_at from interactive_session where job = any(?)",
                row -> all.put(new JobId(row.getString(1)), use(row, 2)),
                (Object) ids);
        return all;
    }

    /** Its people are told; in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(Job job, Instant now, String actor, Why why) {
        sql.update("update interactive_session set told_at = ? where job = ?", now, job.id());
        events.append(List.of(new Event(
                now,
                EventType.SESSION_IDLE,
                actor,
                job.team(),
                job.id(),
                job.spec().name(),
                job.attempt(),
                null,
                null,
                why)));
    }

    private static Use use(ResultSet row, int at) throws SQLException {
        return new Use(Instants.orNull(row, at), Instants.orNull(row, at + 1));
    }
}
