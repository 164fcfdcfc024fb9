package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.QuotaRequest;
import dev.muster.quota.name.QueueName;
import dev.muster.rights.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked for queues, and what is in force of it. Whatever changes what is in force changes the queue's version: all look anew. */
@ApplicationScoped
public class QuotaRequestStore {
    private static final String PUT = """
            insert into quota_request (id, queue, state, ends_at, asked_at, body) values (?, ?, ?, ?::timestamptz, ?, ?::jsonb)
            on conflict (id) do update set state = excluded.state, ends_at = excluded.ends_at, body = excluded.body""";

    private static final String IN_FORCE =
            "select body from quota_request where state = 'GRANTED' and ends_at is not null";

    private final Sql sql;
    private final RecordStore record;
    private final EventStore events;
    private final Words<QuotaRequest> words = new Words<>(Json.reader(QuotaRequest.class)::read);

    QuotaRequestStore(Sql sql, RecordStore record, EventStore events) {
        this.sql = sql;
        this.record = record;
        this.events = events;
    }

    /** Newest first, at most {@code most}. */
    @Transactional
    public List<QuotaRequest> all(int most) {
        return sql.query(
                "select body from quota_request order by asked_at desc, id limit ?",
                row -> words.of(row.getString(1)),
                most);
    }

    @Transactional
    public Optional<QuotaRequest> find(String id) {
        return sql.query("select body from quota_request where id = ?", row -> words.of(row.getString(1)), id).stream()
                .findFirst();
    }

    /** Those that nobody has answered, the oldest first. */
    @Transactional
    public List<QuotaRequest> open() {
        return sql.query(
                "select body from quota_request where state = 'OPEN' order by asked_at, id",
                row -> words.of(row.getString(1)));
    }

    /** How many wait for an answer, and since when the oldest does, null where none. */
    @Transactional
    public Unanswered unanswered() {
        return sql.query(
                        "select count(*), min(asked_at) from quota_request where state = 'OPEN'",
                        row -> new Unanswered(row.getLong(1), Instants.orNull(row, 2)))
                .get(0);
    }

    /** See {@link #unanswered}. */
    public record Unanswered(long count, @Nullable Instant oldest) {}

    /** Those in force. */
    @Transactional
    public List<QuotaRequest> inForce() {
        return sql.query(IN_FORCE + " order by ends_at, id", row -> words.of(row.getString(1)));
    }

    /** What each queue has beside its own. */
    @Transactional
    public Map<QueueName, MoreQuota> more() {
        Map<QueueName, MoreQuota> more = new HashMap<>();
        for (QuotaRequest request : inForce()) {
            MoreQuota one = request.inForce();
            if (one != null) {
                more.merge(request.queue(), one, MoreQuota::plus);
            }
        }
        return more;
    }

    /** Writes what became of it, with a line in the record: {@code type}, by whom, why. */
    @Transactional
    public void put(
            @Nullable QuotaRequest before,
            QuotaRequest after,
            String type,
            String actor,
            Instant now,
            @Nullable String why) {
        Instant end = after.decision() == null ? null : after.decision().until();
        sql.update(PUT, after.id(), after.queue(), after.state(), end, after.askedAt(), Json.write(after));
        record.append(new Change(
                now,
                actor,
                type,
                after.team().value(),
                after.queue().value(),
                before == null ? null : Json.write(before),
                Json.write(after),
                why));
        if (after.inForce() != null || (before != null && before.inForce() != null)) {
            changed(after.queue(), actor, now);
        }
    }

    /** Ends those whose time is over; how many. */
    @Transactional
    public int end(Instant now) {
        List<QuotaRequest> over = sql.query(
                IN_FORCE + " and ends_at <= ? for update skip locked", row -> words.of(row.getString(1)), now);
        over.forEach(request -> put(
                request,
                request.with(QuotaRequest.State.ENDED, request.decision()),
                "QUOTA_ENDED",
                "muster",
                now,
                "its time is over"));
        return over.size();
    }

    private void changed(QueueName queue, String actor, Instant now) {
        List<Long> versions = sql.query(
                "update queue set version = version + 1, updated_at = ? where name = ? returning version",
                row -> row.getLong(1),
                now,
                queue);
        for (long version : versions) {
            events.append(
                    new Event(
                            now,
                            EventType.QUEUE_CHANGED,
                            actor,
                            null,
                            null,
                            queue.value(),
                            null,
                            Long.toString(version - 1),
                            Long.toString(version),
                            null),
                    null,
                    null);
        }
    }
}
