package dev.muster.postgres;

import dev.muster.event.EventType;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The tree of queues. Edits go one after the other; the database refuses a dangling parent, this store a cycle. */
@ApplicationScoped
public class QueueStore {
    private static final String ABOVE = """
            with recursive above (name, parent) as (
                select name, parent from queue where name = ?
                union select queue.name, queue.parent from queue join above on queue.name = above.parent)
            select name from above where name = ?""";

    private final SpecTable<QueueRow, Queue> table;
    private final Sql sql;
    private final QuotaRequestStore requests;

    QueueStore(Sql sql, EventStore events, QuotaRequestStore requests) {
        this.sql = sql;
        this.requests = requests;
        this.table = new SpecTable<>(
                QueueRow.class,
                QueueRow::new,
                Queue.class,
                value -> value.name().value(),
                (row, value) -> row.parent = value.spec().parent() == null
                        ? null
                        : value.spec().parent().value(),
                EventType.QUEUE_CHANGED,
                sql,
                events);
    }

    @Transactional
    public Optional<Versioned<Queue>> find(QueueName name) {
        return table.get(name.value());
    }

    /** All, by name. */
    @Transactional
    public List<Versioned<Queue>> all() {
        return table.all();
    }

    /** All with what they have for a time beside their own, by name: what is planned with. */
    @Transactional
    public List<Queue> inForce() {
        return with(all().stream().map(Versioned::value).toList(), requests.more());
    }

    /** The same of one. */
    @Transactional
    public Optional<Queue> inForce(QueueName name) {
        return find(name)
                .map(found -> with(List.of(found.value()), requests.more()).get(0));
    }

    /** Queues with what they have beside their own. */
    public static List<Queue> with(List<Queue> queues, Map<QueueName, MoreQuota> more) {
        return queues.stream()
                .map(queue -> more.containsKey(queue.name())
                        ? new Queue(more.get(queue.name()).onTopOf(queue.spec()), queue.team())
                        : queue)
                .toList();
    }

    /**
     * Keeps other edits away until the end of the current transaction: what is then read and checked is still so when it is
     * written. Waits for the submissions that {@link #hold} the tree.
     */
    @Transactional
    public void lock() {
        table.lock();
    }

    /** Keeps the tree as it is until the end of the current transaction: for whoever accepts jobs into a queue. */
    @Transactional
    public void hold() {
        table.hold();
    }

    /** Queues that are children of this one. */
    @Transactional
    public List<QueueName> children(QueueName name) {
        return sql.query(
                "select name from queue where parent = ? order by name", row -> new QueueName(row.getString(1)), name);
    }

    /**
     * Creates or replaces; empty where the version is not the expected one (0: must not exist yet; empty: any).
     *
     * @throws IllegalArgumentException where the parent is the queue itself or below it
     */
    @Transactional
    public Optional<Versioned<Queue>> put(Queue value, OptionalLong expected, String actor, Instant now) {
        table.lock();
        QueueName parent = value.spec().parent();
        if (parent != null
                && !sql.query(ABOVE, row -> row.getString(1), parent, value.name())
                        .isEmpty()) {
            throw new IllegalArgumentException("Queue %s cannot have the parent %s: that one is itself or below it"
                    .formatted(value.name(), parent));
        }
        return table.put(value, expected, actor, now);
    }

    /** False where there is none, or not of the expected version (empty: any). The caller has looked for children and jobs. */
    @Transactional
    public boolean delete(QueueName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(name.value(), expected, actor, now);
    }
}
