package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.event.Why;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The feed of everything that happened: appended to in the transaction that makes it happen, never changed. */
@ApplicationScoped
public class EventStore {
    /** Most events of one read. */
    public static final int MOST = 10_000;

    private static final Json.Reader<Why> WHY = Json.reader(Why.class);
    private static final String APPEND = """
            insert into event (at, type, actor, team, job, name, attempt, "from", "to", why, job_set)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)""";
    private static final String SELECT = """
            select txid::text as transaction, id, at, type, actor, team, job, name, attempt, "from", "to", why, job_set from event
            """;
    /** Of what is no news only the last of a page is there: from it the feed is read on. */
    private static final String NEWS = """
            select txid::text, id, number, news, type, at, job, attempt from (
                select page.*, job is null or (type = any(?) and txid::text <> all(?)) as news,
                    row_number() over feed as number, lead(id) over feed is null as last
                from (
                    select txid, id, at, type, job, attempt from event
                    where (txid, id) > (?::text::xid8, ?) and txid < pg_snapshot_xmin(pg_current_snapshot())
                    order by txid, id limit ?) page
                window feed as (order by txid, id)) numbered
            where last or news order by number""";

    private static final String[] SAYS_THAT_A_JOB_IS_ANOTHER = Arrays.stream(EventType.values())
            .filter(EventType::saysThatAJobIsAnother)
            .map(EventType::name)
            .toArray(String[]::new);

    private static final String VISIBLE = " txid < pg_snapshot_xmin(pg_current_snapshot())";

    private final Sql sql;
    private final RecordStore record;

    EventStore(Sql sql, RecordStore record) {
        this.sql = sql;
        this.record = record;
    }

    /** Appends in the current transaction, or in one of its own; what somebody asked for goes to the record, too. */
    @Transactional
    public void append(List<Event> events) {
        write(events);
        record.note(events);
    }

    /** Appends one change with what was there before and is after, as JSON. */
    @Transactional
    public void append(Event event, @Nullable String before, @Nullable String after) {
        write(List.of(event));
        record.note(event, before, after);
    }

    private void write(List<Event> events) {
        sql.batch(APPEND, events, (row, event) -> row.instant(event.at())
                .text(event.type())
                .text(event.actor())
                .text(event.team())
                .text(event.job())
                .text(event.name())
                .number(event.attempt())
                .text(event.from())
                .text(event.to())
                .json(event.why())
                .text(event.set()));
    }

    /** What a reader of the feed wants to see, of what they may see; null: everything. */
    public record Filter(
            @Nullable TeamName team,
            @Nullable JobId job,
            @Nullable JobSetName set,
            @Nullable Sight sight) {
        public static final Filter ALL = new Filter(null, null);

        public Filter {
            if (set != null && team == null) {
                throw new IllegalArgumentException("Set %s of which team?".formatted(set));
            }
        }

        public Filter(@Nullable TeamName team, @Nullable JobId job) {
            this(team, job, null, null);
        }

        public Filter with(@Nullable Sight seen) {
            return new Filter(team, job, set, seen);
        }
    }

    /**
     * At most {@code limit} events after the cursor, in order; reading on from the last one's cursor misses none, whatever
     * the order of commits was. An event shows up once no older transaction is open.
     */
    @Transactional
    public List<RecordedEvent> since(EventCursor cursor, int limit, Filter filter) {
        StringBuilder where = new StringBuilder("where (txid, id) > (?::text::xid8, ?) and").append(VISIBLE);
        List<Object> values = new ArrayList<>(List.of(Long.toString(cursor.transaction()), cursor.id()));
        if (filter.team() != null) {
            where.append(" and team = ?");
            values.add(filter.team());
        }
        if (filter.job() != null) {
            where.append(" and job = ?");
            values.add(filter.job());
        }
        if (filter.set() != null) {
            where.append(" and job_set = ?");
            values.add(filter.set());
        }
        Sight sight = filter.sight();
        if (sight != null) {
            where.append(" and (team = any(?)");
            values.add(Sights.teams(sight));
            if (!sight.queues().isEmpty()) {
                where.append(" or job in (select id from job where queue = any(?))");
                values.add(Sights.queues(sight));
            }
            where.append(')');
        }
        return sql.query(
                SELECT + where + " order by txid, id limit " + Math.min(limit, MOST),
                EventStore::read,
                values.toArray());
    }

    /** What happened, without words: to which job and attempt. */
    public record Change(
            EventType type,
            Instant at,
            @Nullable JobId job,
            @Nullable Integer attempt) {}

    /** A page of the feed; {@code more}: it was full, and another one may follow its {@code end}. */
    public record Changes(List<Change> changes, EventCursor end, boolean more) {}

    /**
     * As {@link #since}, but of what is said of jobs only what makes them others, and nothing of what was written in those
     * transactions: whoever asks must know already what came of every one of them.
     */
    @Transactional
    public Changes news(Set<Long> known, EventCursor cursor, int limit) {
        List<Change> changes = new ArrayList<>();
        EventCursor[] end = {cursor};
        boolean[] more = {false};
        sql.each(
                NEWS,
                row -> {
                    end[0] = new EventCursor(Long.parseLong(row.getString(1)), row.getLong(2));
                    more[0] = row.getInt(3) == limit;
                    if (row.getBoolean(4)) {
                        String job = row.getString(7);
                        int attempt = row.getInt(8);
                        changes.add(new Change(
                                EventType.valueOf(row.getString(5)),
                                Instants.of(row, 6),
                                job == null ? null : new JobId(job),
                                attempt == 0 ? null : attempt));
                    }
                },
                SAYS_THAT_A_JOB_IS_ANOTHER,
                known.stream().map(Long::toUnsignedString).toArray(String[]::new),
                Long.toString(cursor.transaction()),
                cursor.id(),
                limit);
        return new Changes(List.copyOf(changes), end[0], more[0]);
    }

    /** The end of the feed: reading from here shows only what is not there yet. */
    @Transactional
    public EventCursor end() {
        return sql
                .query(
                        "select txid::text as transaction, id from event where" + VISIBLE
                                + " order by txid desc, id desc limit 1",
                        row -> new EventCursor(Long.parseLong(row.getString(1)), row.getLong(2)))
                .stream()
                .findFirst()
                .orElse(EventCursor.START);
    }

    /** What happened last to jobs and resources, newest first; reasons and attempts, which change all the time, are left out. */
    @Transactional
    public List<RecordedEvent> latest(int limit) {
        return latest(limit, null);
    }

    /** Of those that may be seen; null: all. */
    @Transactional
    public List<RecordedEvent> latest(int limit, @Nullable Sight sight) {
        String told = "where type not in ('REASON_CHANGED', 'ATTEMPT_MOVED', 'ATTEMPT_RESIZED', 'CHECKPOINTED')";
        String order = " order by txid desc, id desc limit " + Math.min(limit, MOST);
        return sight == null
                ? sql.query(SELECT + told + order, EventStore::read)
                : sql.query(
                        SELECT + told + " and (team = any(?) or job in (select id from job where queue = any(?)))"
                                + order,
                        EventStore::read,
                        Sights.teams(sight),
                        Sights.queues(sight));
    }

    /** The newest evictions of gangs, each with its reason: in whose favour, or for what. */
    @Transactional
    public List<RecordedEvent> evicted(int limit) {
        return sql.query(
                SELECT
                        + "where type = 'ATTEMPT_MOVED' and \"to\" = 'RELEASING'"
                        + " and why ->> 'code' in ('PREEMPTED', 'RECLAIMED', 'CAPABILITY_CUT', 'CONSOLIDATED')"
                        + " order by at desc, id desc limit " + Math.min(limit, MOST),
                EventStore::read);
    }

    /** When gangs were evicted, of the newest {@link #MOST} events, the oldest first. */
    @Transactional
    public List<Instant> evictions() {
        return sql.query(
                "select at from (select * from event order by txid desc, id desc limit " + MOST + ") newest"
                        + " where type = 'ATTEMPT_MOVED' and \"to\" = 'RELEASING'"
                        + " and why ->> 'code' in ('PREEMPTED', 'RECLAIMED', 'CAPABILITY_CUT', 'CONSOLIDATED') order by at",
                row -> Instants.of(row, 1));
    }

    /** Everything that happened to a job so far, oldest first, at most {@link #MOST}. */
    @Transactional
    public List<RecordedEvent> of(JobId job) {
        return sql.query(SELECT + "where job = ? order by id limit " + MOST, EventStore::read, job);
    }

    private static RecordedEvent read(ResultSet row) throws SQLException {
        String team = row.getString("team");
        String job = row.getString("job");
        String set = row.getString("job_set");
        int attempt = row.getInt("attempt");
        Event event = new Event(
                Instants.of(row, "at"),
                EventType.valueOf(row.getString("type")),
                row.getString("actor"),
                team == null ? null : new TeamName(team),
                job == null ? null : new JobId(job),
                row.getString("name"),
                attempt == 0 ? null : attempt,
                row.getString("from"),
                row.getString("to"),
                WHY.readNullable(row.getString("why")),
                set == null ? null : new JobSetName(set));
        return new RecordedEvent(
                new EventCursor(Long.parseLong(row.getString("transaction")), row.getLong("id")), event);
    }
}
