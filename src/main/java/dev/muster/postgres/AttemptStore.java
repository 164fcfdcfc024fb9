package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.Job;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.PastLaunch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The attempts. At most one of a job is live; the database refuses a second. */
@ApplicationScoped
public class AttemptStore {
    private static final String INSERT = """
            insert into attempt (job, number, state, version, placements, created_at, deadline, pods, zone, permits, launched_in)
            values (?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?::jsonb, (select queue from job where id = ?))""";
    private static final String UPDATE = """
            update attempt set state = ?, version = ?, started_at = ?, ended_at = ?, deadline = ?, outcome = ?::jsonb,
                pods = ?::jsonb, elastic = ?::jsonb, leaving_for = ?
            where job = ? and number = ? and state = ? and version = ?""";

    private final StatelessSession session;
    private final Sql sql;
    private final EventStore events;
    private final ElasticPodRows elastic;

    AttemptStore(StatelessSession session, Sql sql, EventStore events) {
        this.elastic = new ElasticPodRows(sql);
        this.session = session;
        this.sql = sql;
        this.events = events;
    }

    /** Inserts new attempts of jobs that the same transaction has moved to LAUNCHING; the jobs' moves are their events. */
    @Transactional
    public void insert(List<Attempt> attempts) {
        sql.batch(INSERT, attempts, (row, attempt) -> row.text(attempt.id().job())
                .number(attempt.id().number())
                .text(attempt.state())
                .number(attempt.version())
                .json(attempt.placements())
                .instant(attempt.createdAt())
                .instant(attempt.deadline())
                .json(attempt.pods())
                .text(attempt.zone())
                .json(attempt.permits())
                .text(attempt.id().job()));
    }

    /** What was launched after that time, ended or not, the oldest first. */
    @Transactional
    public Map<AttemptId, PastLaunch> launchedSince(Instant then) {
        Map<AttemptId, PastLaunch> launches = new LinkedHashMap<>();
        sql.query(
                        "select attempt.job, attempt.number, attempt.created_at, queue, submitted_by, priority_class"
                                + " from attempt join job on job.id = attempt.job"
                                + " where attempt.created_at > ? order by attempt.created_at, attempt.job",
                        row -> Map.entry(
                                new AttemptId(new JobId(row.getString(1)), row.getInt(2)),
                                new PastLaunch(
                                        new QueueName(row.getString(4)),
                                        row.getString(5),
                                        new PriorityClassName(row.getString(6)),
                                        Instants.of(row, 3))),
                        then)
                .forEach(entry -> launches.put(entry.getKey(), entry.getValue()));
        return launches;
    }

    /** Makes the move if the attempt is still as it was before. */
    @Transactional
    public boolean move(AttemptMove move) {
        return !move(List.of(move)).isEmpty();
    }

    /** Makes those of the moves whose attempt is still as it was before; returns the attempts that were moved. */
    @Transactional
    public Set<AttemptId> move(List<AttemptMove> moves) {
        List<Event> happened = new ArrayList<>();
        Set<AttemptId> won = move(moves, happened);
        events.append(happened);
        return won;
    }

    /** The same, in the caller's transaction, who appends what {@code happened} to the feed together with more. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Set<AttemptId> move(List<AttemptMove> moves, List<Event> happened) {
        List<AttemptMove> sorted = moves.stream()
                .sorted(Comparator.comparing(move -> move.before().id()))
                .toList();
        List<Chain<AttemptMove>> chains = Chain.of(
                sorted,
                (move, next) -> move.after().id().equals(next.before().id())
                        && move.after().version() == next.before().version());
        int[] touched = sql.batch(UPDATE, chains, (row, chain) -> {
            Attempt after = chain.last().after();
            row.text(after.state())
                    .number(after.version())
                    .instant(after.startedAt())
                    .instant(after.endedAt())
                    .instant(after.deadline())
                    .json(after.outcome())
                    .json(after.pods())
                    .json(after.elastic())
                    .text(after.leavingFor())
                    .text(after.id().job())
                    .number(after.id().number())
                    .text(chain.first().before().state())
                    .number(chain.first().before().version());
        });
        Set<AttemptId> won = new HashSet<>();
        List<AttemptMove> made = new ArrayList<>();
        for (int i = 0; i < touched.length; i++) {
            if (touched[i] == 1) {
                Chain<AttemptMove> chain = chains.get(i);
                won.add(chain.last().after().id());
                made.addAll(chain.moves());
            }
        }
        elastic.follow(made);
        made.stream().filter(AttemptStore::isTold).map(AttemptStore::event).forEach(happened::add);
        return won;
    }

    /** What it holds, and has held, is charged to this queue. */
    @Transactional
    public void charge(AttemptId attempt, QueueName queue) {
        sql.update(
                "update attempt set launched_in = ? where job = ? and number = ?",
                queue,
                attempt.job(),
                attempt.number());
    }

    /** Every attempt that holds resources, by job. */
    @Transactional
    public Found<Attempt> live() {
        return rows("select * from attempt where state <> 'ENDED' order by job", Map.of());
    }

    /** Those that asked for nodes which have not all come, the oldest first. */
    @Transactional
    public List<Attempt> withPermits() {
        return read(
                "select * from attempt where state = 'LAUNCHING' and permits <> '[]' order by created_at, job",
                Map.of());
    }

    /** The one of the job that holds resources. */
    @Transactional
    public Optional<Attempt> live(JobId job) {
        return read("select * from attempt where job = :job and state <> 'ENDED'", Map.of("job", job.value())).stream()
                .findFirst();
    }

    /** The attempts of a job, oldest first. */
    @Transactional
    public List<Attempt> of(JobId job) {
        return read("select * from attempt where job = :job order by number", Map.of("job", job.value()));
    }

    @Transactional
    public Optional<Attempt> find(AttemptId id) {
        return read(
                        "select * from attempt where job = :job and number = :number",
                        Map.of("job", id.job().value(), "number", id.number()))
                .stream()
                .findFirst();
    }

    /**
     * @throws UnreadableRow where one of them cannot be read
     */
    private List<Attempt> read(String query, Map<String, ?> values) {
        return rows(query, values).orThrow();
    }

    private Found<Attempt> rows(String query, Map<String, ?> values) {
        var rows = session.createNativeQuery(query, AttemptRow.class);
        values.forEach(rows::setParameter);
        return Found.of(rows.list(), AttemptRow::attempt);
    }

    /** That pods which were let go are gone by now is nothing new. */
    private static boolean isTold(AttemptMove move) {
        return move.before().state() != move.after().state()
                || move.before().size() != move.after().size()
                || move.why() != null;
    }

    private static Event event(AttemptMove move) {
        Job job = move.job();
        boolean moves = move.before().state() != move.after().state();
        return new Event(
                        move.at(),
                        moves ? EventType.ATTEMPT_MOVED : EventType.ATTEMPT_RESIZED,
                        move.actor(),
                        job.team(),
                        job.id(),
                        job.spec().name(),
                        move.after().id().number(),
                        moves
                                ? move.before().state().name()
                                : Integer.toString(move.before().size()),
                        moves
                                ? move.after().state().name()
                                : Integer.toString(move.after().size()),
                        move.why())
                .in(job.spec().set());
    }
}
