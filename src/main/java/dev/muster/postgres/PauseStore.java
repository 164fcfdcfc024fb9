package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.policy.Pause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the planner plans and nobody acts. */
@ApplicationScoped
public class PauseStore {
    /** How the whole cluster is written where a queue's name is expected. */
    private static final String CLUSTER = "";

    private final Sql sql;
    private final EventStore events;

    PauseStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** All that are in force, the cluster's first, then by queue. */
    @Transactional
    public List<Pause> all() {
        return sql.query("select queue, actor, why, since from pause order by queue", PauseStore::pause);
    }

    /** False where it is paused already: then the first pause stays as it is. */
    @Transactional
    public boolean pause(Pause pause) {
        int added = sql.update(
                "insert into pause (queue, actor, why, since) values (?, ?, ?, ?) on conflict (queue) do nothing",
                written(pause.queue()),
                pause.actor(),
                pause.why(),
                pause.since());
        if (added == 1) {
            record(pause.queue(), null, "PAUSED", pause.actor(), pause.why(), pause.since());
        }
        return added == 1;
    }

    /** False where it is not paused. */
    @Transactional
    public boolean resume(@Nullable QueueName queue, String actor, String why, Instant now) {
        boolean removed = sql.update("delete from pause where queue = ?", written(queue)) == 1;
        if (removed) {
            record(queue, "PAUSED", null, actor, why, now);
        }
        return removed;
    }

    private void record(
            @Nullable QueueName queue,
            @Nullable String from,
            @Nullable String to,
            String actor,
            String why,
            Instant at) {
        String name = queue == null ? "cluster" : queue.value();
        events.append(List.of(new Event(
                at, EventType.PAUSE_CHANGED, actor, null, null, name, null, from, to, Why.of("PAUSED", why))));
    }

    private static String written(@Nullable QueueName queue) {
        return queue == null ? CLUSTER : queue.value();
    }

    private static Pause pause(ResultSet row) throws SQLException {
        String queue = row.getString("queue");
        return new Pause(
                queue.equals(CLUSTER) ? null : new QueueName(queue),
                row.getString("actor"),
                row.getString("why"),
                Instants.of(row, "since"));
    }
}
