package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Which nodes were to be emptied, by whom. */
@ApplicationScoped
public class ConsolidationStore {
    private final Sql sql;
    private final EventStore events;

    ConsolidationStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** A node that is to be emptied of so many pods. */
    public record Emptied(NodeName node, PoolName pool, int pods, String actor, Why why) {}

    /** Within the transaction of the moves: the job's side of it is the event of its attempt, this is the node's. */
    @Transactional
    public void write(List<Emptied> nodes, Instant at) {
        sql.batch(
                "insert into consolidation (at, node, pool, pods, actor) values (?, ?, ?, ?, ?)",
                nodes,
                (row, emptied) -> row.instant(at)
                        .text(emptied.node())
                        .text(emptied.pool())
                        .number(emptied.pods())
                        .text(emptied.actor()));
        events.append(nodes.stream()
                .map(emptied -> new Event(
                        at,
                        EventType.NODE_EMPTIED,
                        emptied.actor(),
                        null,
                        null,
                        emptied.node().value(),
                        null,
                        Integer.toString(emptied.pods()),
                        "0",
                        emptied.why()))
                .toList());
    }

    /** How many nodes were to be emptied after that time. */
    @Transactional
    public int since(Instant then) {
        return sql.query("select count(*) from consolidation where at > ?", row -> row.getInt(1), then)
                .get(0);
    }
}
