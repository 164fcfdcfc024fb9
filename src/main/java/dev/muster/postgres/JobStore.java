package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.quota.name.JobId;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * The jobs. Every change is compare-and-set on state and version and writes its event in the same transaction: the caller's,
 * or one of its own.
 */
@ApplicationScoped
public class JobStore {
    private static final String INSERT = """
            insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent,
                platform_retries_spent, submitted_by, submitted_at, queued_at, aged_from, not_before, labels, annotations,
                array_id, array_index, job_set, shape, backoffs)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?::jsonb, ?::jsonb)""";
    private static final String UPDATE = """
            update job set queue = ?, priority_class = ?, priority = ?, state = ?, version = ?, attempt = ?,
                user_retries_spent = ?, platform_retries_spent = ?, evictions = ?, queued_at = ?, aged_from = ?, started_at = ?,
                finished_at = ?, delete_at = ?, backoffs = ?::jsonb, outcome = ?::jsonb, changes = ?::jsonb
            where id = ? and state = ? and version = ?""";
    /** What the attempts of jobs that are gone held still counts: all parts of a statement see the rows as they were before it. */
    static final String KEPT = """
                insert into deleted_attempt (job, number, team, queue, submitted_by, name, shape, placements, created_at,
                    started_at, ended_at, outcome, priority_class)
                select attempt.job, attempt.number, gone.team, coalesce(attempt.launched_in, gone.queue), gone.submitted_by, gone.name,
                    gone.shape, attempt.placements, attempt.created_at, attempt.started_at, attempt.ended_at, attempt.outcome,
                    gone.priority_class
                from gone join attempt on attempt.job = gone.id
            """;

    private static final String DELETE = """
            with gone as (
                delete from job where id = ? and version = ? and state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')
                    and not exists (select from attempt where attempt.job = job.id and attempt.state <> 'ENDED')
                returning *
            ), kept as (""" + KEPT + """
            ) select id from gone""";

    private final StatelessSession session;
    private final Sql sql;
    private final EventStore events;
    private final CallbackStore callbacks;

    private final SessionStore sessions;

    JobStore(StatelessSession session, Sql sql, EventStore events, CallbackStore callbacks, SessionStore sessions) {
        this.sessions = sessions;
        this.callbacks = callbacks;
        this.session = session;
        this.sql = sql;
        this.events = events;
    }

    /** Inserts accepted jobs, all or none, with one event each. */
    @Transactional
    public void insert(List<Job> jobs, String actor) {
        insert(jobs, job -> actor);
    }

    /** The same, of several submitters. */
    @Transactional
    public void insert(List<Job> jobs) {
        insert(jobs, Job::submittedBy);
    }

    private void insert(List<Job> jobs, Function<Job, String> actor) {
        sql.batch(INSERT, jobs, (row, job) -> row.text(job.id())
                .text(job.team())
                .text(job.spec().name())
                .text(job.spec().queue())
                .text(job.spec().priorityClass())
                .number(job.priority())
                .text(job.state())
                .number(job.version())
                .number(job.attempt())
                .number(job.userRetriesSpent())
                .number(job.platformRetriesSpent())
                .text(job.submittedBy())
                .instant(job.submittedAt())
                .instant(job.queuedAt())
                .instant(job.agedFrom())
                .instant(job.spec().notBefore())
                .json(job.spec().labels())
                .json(job.spec().annotations())
                .text(job.spec().place() == null ? null : job.spec().place().array())
                .number(
                        job.spec().place() == null
                                ? null
                                : Integer.valueOf(job.spec().place().index()))
                .text(job.spec().set())
                .json(JobShape.of(job))
                .json(job.backoffs()));
        sessions.insert(jobs);
        events.append(jobs.stream()
                .map(job -> event(
                        job,
                        EventType.JOB_SUBMITTED,
                        job.submittedAt(),
                        actor.apply(job),
                        null,
                        job.state().name(),
                        null))
                .toList());
    }

    /**
     * @throws UnreadableRow where it cannot be read
     */
    @Transactional
    public Optional<Job> find(JobId id) {
        return read(List.of(id)).orThrow().stream().findFirst();
    }

    /** Those of the jobs that exist and can be read, by id. */
    @Transactional
    public List<Job> find(Collection<JobId> ids) {
        return read(ids).read();
    }

    /** Those of the jobs that exist, by id. */
    @Transactional
    public Found<Job> read(Collection<JobId> ids) {
        String[] texts = ids.stream().map(JobId::value).toArray(String[]::new);
        return Found.of(
                rows("select * from job_with_reasons where id = any(?) order by id", List.<Object>of((Object) texts)),
                JobRow::job);
    }

    @Transactional
    public JobPage list(JobQuery query) {
        return list(query, null);
    }

    /** Of those that may be seen; null: all. */
    @Transactional
    public JobPage list(JobQuery query, @Nullable Sight sight) {
        JobList list = new JobList(query, sight);
        List<JobRow> rows = rows(list.sql(), list.values());
        if (rows.size() <= query.limit()) {
            return new JobPage(Found.of(rows, JobRow::job), null);
        }
        List<JobRow> page = rows.subList(0, query.limit());
        return new JobPage(Found.of(page, JobRow::job), list.cursor(page.get(page.size() - 1)));
    }

    /** Makes the move if the job is still as it was before; false: somebody else was first, nothing happened. */
    @Transactional
    public boolean move(JobMove move) {
        return !move(List.of(move)).isEmpty();
    }

    /** Makes those of the moves whose job is still as it was before, in one transaction; returns the jobs that were moved. */
    @Transactional
    public Set<JobId> move(List<JobMove> moves) {
        List<Event> happened = new ArrayList<>();
        Set<JobId> won = move(moves, happened);
        events.append(happened);
        return won;
    }

    /** The same, in the caller's transaction, who appends what {@code happened} to the feed together with more. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Set<JobId> move(List<JobMove> moves, List<Event> happened) {
        // In the order of ids: two writers of the same jobs wait for each other and never in a circle.
        List<JobMove> sorted = moves.stream()
                .sorted(Comparator.comparing(move -> move.before().id()))
                .toList();
        List<Chain<JobMove>> chains = Chain.of(
                sorted,
                (move, next) -> move.after().id().equals(next.before().id())
                        && move.after().version() == next.before().version());
        int[] touched = sql.batch(UPDATE, chains, (row, chain) -> {
            Job after = chain.last().after();
            row.text(after.spec().queue())
                    .text(after.spec().priorityClass())
                    .number(after.priority())
                    .text(after.state())
                    .number(after.version())
                    .number(after.attempt())
                    .number(after.userRetriesSpent())
                    .number(after.platformRetriesSpent())
                    .number(after.evictions())
                    .instant(after.queuedAt())
                    .instant(after.agedFrom())
                    .instant(after.startedAt())
                    .instant(after.finishedAt())
                    .instant(after.deleteAt())
                    .json(after.backoffs())
                    .json(after.outcome())
                    .json(after.changes())
                    .text(after.id())
                    .text(chain.first().before().state())
                    .number(chain.first().before().version());
        });
        Set<JobId> won = new HashSet<>();
        List<JobMove> told = new ArrayList<>();
        for (int i = 0; i < touched.length; i++) {
            if (touched[i] == 1) {
                Chain<JobMove> chain = chains.get(i);
                won.add(chain.last().after().id());
                chain.moves().forEach(move -> happened.add(event(move)));
                told.addAll(chain.moves());
            }
        }
        callbacks.tell(told);
        return won;
    }

    /** Deletes a final job with its attempts, if it is still of that version and holds nothing; its events stay. */
    @Transactional
    public boolean delete(Job job, Instant at, String actor) {
        if (sql.query(DELETE, row -> row.getString(1), job.id(), job.version()).isEmpty()) {
            return false;
        }
        events.append(
                List.of(event(job, EventType.JOB_DELETED, at, actor, job.state().name(), null, null)));
        return true;
    }

    /**
     * Each is planned anew: a plan that a connection keeps from when few jobs had reasons reads all 40,000 of them for every job, until
     * the statistics follow.
     */
    private List<JobRow> rows(String query, List<?> values) {
        session.createNativeQuery("select set_config('plan_cache_mode', 'force_custom_plan', true)", String.class)
                .getSingleResult();
        NativeQuery<JobRow> rows = session.createNativeQuery(query, JobRow.class);
        for (int i = 0; i < values.size(); i++) {
            rows.setParameter(i + 1, values.get(i));
        }
        return rows.list();
    }

    private static Event event(JobMove move) {
        Job before = move.before();
        Job after = move.after();
        if (before.state() == after.state()) {
            return event(
                    after, EventType.JOB_CHANGED, move.at(), move.actor(), where(before), where(after), move.why());
        }
        return event(
                after,
                EventType.JOB_MOVED,
                move.at(),
                move.actor(),
                before.state().name(),
                after.state().name(),
                move.why());
    }

    private static String where(Job job) {
        return job.spec().queue() + "/" + job.spec().priorityClass();
    }

    private static Event event(
            Job job,
            EventType type,
            Instant at,
            String actor,
            @Nullable String from,
            @Nullable String to,
            @Nullable Why why) {
        Integer attempt = job.attempt() == 0 ? null : job.attempt();
        return new Event(at, type, actor, job.team(), job.id(), job.spec().name(), attempt, from, to, why)
                .in(job.spec().set());
    }
}
