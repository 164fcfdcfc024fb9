package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.quota.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The revisions of the policy; each is added once and never changed. */
@ApplicationScoped
public class PolicyStore {
    private static final Json.Reader<Values> VALUES = Json.reader(Values.class);
    private static final String SELECT = "select revision, \"values\", actor, why, at from policy";

    /** The values as they are kept. */
    private record Values(SortedMap<String, String> values) {}

    private final Sql sql;
    private final EventStore events;

    PolicyStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** What is in force. */
    @Transactional
    public Policy current() {
        return sql.query(SELECT + " order by revision desc limit 1", PolicyStore::policy).stream()
                .findFirst()
                .orElseGet(Policy::standard);
    }

    @Transactional
    public Optional<Policy> find(long revision) {
        return revision == 0
                ? Optional.of(Policy.standard())
                : sql.query(SELECT + " where revision = ?", PolicyStore::policy, revision).stream()
                        .findFirst();
    }

    /** The latest revisions, newest first, at most {@code most}. */
    @Transactional
    public List<Policy> latest(int most) {
        return sql.query(SELECT + " order by revision desc limit ?", PolicyStore::policy, most);
    }

    /** Adds the revision after {@code expected}; empty where that one is not the last any more. */
    @Transactional
    public Optional<Policy> apply(long expected, Map<String, String> values, String actor, String why, Instant now) {
        Policy next = new Policy(expected + 1, new TreeMap<>(values), actor, why, now);
        int added = sql.update("""
                insert into policy (revision, "values", actor, why, at)
                select ?, ?::jsonb, ?, ?, ? where coalesce((select max(revision) from policy), 0) = ?
                on conflict (revision) do nothing""", next.revision(), Json.write(new Values(next.values())), actor, why, now, expected);
        if (added == 0) {
            return Optional.empty();
        }
        Event event = new Event(
                now,
                EventType.POLICY_CHANGED,
                actor,
                null,
                null,
                "policy",
                null,
                Long.toString(expected),
                Long.toString(next.revision()),
                Why.of("POLICY", why));
        events.append(event, Json.write(find(expected).orElseThrow().values()), Json.write(next.values()));
        return Optional.of(next);
    }

    private static Policy policy(ResultSet row) throws SQLException {
        return new Policy(
                row.getLong("revision"),
                VALUES.read(row.getString("values")).values(),
                row.getString("actor"),
                row.getString("why"),
                Instants.of(row, "at"));
    }
}
