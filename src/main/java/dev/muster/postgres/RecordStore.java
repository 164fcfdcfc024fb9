package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.rights.CallFacts;
import dev.muster.rights.Change;
import dev.muster.rights.PresentCall;
import dev.muster.rights.RecordedChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of changes: appended to in the transaction that makes the change; the database refuses all else. */
@ApplicationScoped
public class RecordStore {
    /** Longest JSON of a before or after; what is longer is told by its length. */
    static final int LONGEST = 64_000;

    private static final int LONGEST_AGENT = 300;
    /** More events of one call at once are one line of the record: a batch has a million jobs. */
    private static final int MOST_SINGLE = 20;

    private final Sql sql;
    private final PresentCall call;

    RecordStore(Sql sql, PresentCall call) {
        this.sql = sql;
        this.call = call;
    }

    /** Which changes; null: whichever. */
    public record Filter(
            @Nullable String actor,
            @Nullable String team,
            @Nullable String type,
            @Nullable String name,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Appends in the current transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Change change) {
        CallFacts facts = call.facts().orElse(null);
        sql.update(
                """
                insert into change_record (at, actor, means, token, address, agent, type, team, name, before, after, why, trace)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)""",
                change.at(),
                change.actor(),
                facts == null ? null : facts.means(),
                facts == null ? null : facts.token(),
                facts == null ? null : facts.address(),
                facts == null ? null : shortened(facts.agent()),
                change.type(),
                change.team(),
                change.name(),
                bounded(change.before()),
                bounded(change.after()),
                change.why(),
                facts == null ? null : facts.trace());
    }

    /** What somebody asked for in a call; of very many at once what they have in common. */
    void note(List<Event> events) {
        if (events.isEmpty() || call.facts().isEmpty()) {
            return;
        }
        if (events.size() <= MOST_SINGLE) {
            events.forEach(event -> note(event, state(event.from()), state(event.to())));
            return;
        }
        Event first = events.get(0);
        append(change(
                first,
                null,
                Json.write(Map.of(
                        "count", events.size(), "first", named(first), "last", named(events.get(events.size() - 1))))));
    }

    void note(Event event, @Nullable String before, @Nullable String after) {
        if (call.facts().isPresent()) {
            append(change(event, before, after));
        }
    }

    private static Change change(Event event, @Nullable String before, @Nullable String after) {
        return new Change(
                event.at(),
                event.actor(),
                event.type().name(),
                event.team() == null ? null : event.team().value(),
                named(event),
                before,
                after,
                event.why() == null ? null : event.why().message());
    }

    /** Jobs by their id: names of jobs come again. */
    private static String named(Event event) {
        return event.job() == null ? event.name() : event.job().value();
    }

    private static @Nullable String state(@Nullable String word) {
        return word == null ? null : Json.write(Map.of("state", word));
    }

    /** Newest first, those older than {@code before} (null: from the newest). */
    @Transactional
    public List<RecordedChange> list(Filter filter, @Nullable Long before, int limit) {
        StringBuilder where = new StringBuilder("where true");
        List<Object> values = new ArrayList<>();
        add(where, values, "id < ?", before);
        add(where, values, "actor = ?", filter.actor());
        add(where, values, "team = ?", filter.team());
        add(where, values, "type = ?", filter.type());
        add(where, values, "name = ?", filter.name());
        add(where, values, "at >= ?", filter.from());
        add(where, values, "at < ?", filter.to());
        return sql.query(
                "select * from change_record " + where + " order by id desc limit " + limit,
                RecordStore::read,
                values.toArray());
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static @Nullable String bounded(@Nullable String json) {
        return json == null || json.length() <= LONGEST ? json : Json.write(Map.of("tooLong", json.length()));
    }

    private static @Nullable String shortened(@Nullable String agent) {
        return agent == null || agent.length() <= LONGEST_AGENT ? agent : agent.substring(0, LONGEST_AGENT);
    }

    private static RecordedChange read(ResultSet row) throws SQLException {
        String means = row.getString("means");
        return new RecordedChange(
                row.getLong("id"),
                new Change(
                        Instants.of(row, "at"),
                        row.getString("actor"),
                        row.getString("type"),
                        row.getString("team"),
                        row.getString("name"),
                        row.getString("before"),
                        row.getString("after"),
                        row.getString("why")),
                means == null
                        ? null
                        : new CallFacts(
                                means,
                                row.getString("token"),
                                row.getString("address"),
                                row.getString("agent"),
                                row.getString("trace")));
    }
}
