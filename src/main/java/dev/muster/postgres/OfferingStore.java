package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.TrackRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is remembered of offerings by the leader, and what operators want of them. */
@ApplicationScoped
public class OfferingStore {
    private static final Json.Reader<TrackRecord> RECORD = Json.reader(TrackRecord.class);
    private static final Json.Reader<Breaker> BREAKER = Json.reader(Breaker.class);

    private final Sql sql;
    private final EventStore events;

    OfferingStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** As it was written {@code at} that time. */
    public record State(TrackRecord record, Breaker breaker, Instant at) {}

    /** What an operator has said last. */
    public record Order(Word word, String actor, String why, Instant at) {}

    /** What an operator may say. */
    public enum Word {
        /** Ask it for nothing. */
        OPEN,
        /** Nor launch anything on its nodes. */
        DRAIN,
        /** Take it back, and forget what was seen against it. */
        CLOSE
    }

    @Transactional
    public SortedMap<Offering, State> states() {
        SortedMap<Offering, State> all = new TreeMap<>();
        sql.query(
                        "select offering, record, breaker, at from offering_state",
                        row -> Map.entry(
                                Offering.parse(row.getString(1)),
                                new State(
                                        RECORD.read(row.getString(2)),
                                        BREAKER.read(row.getString(3)),
                                        Instants.of(row, 4))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    @Transactional
    public SortedMap<Offering, Order> orders() {
        SortedMap<Offering, Order> all = new TreeMap<>();
        sql.query(
                        "select offering, word, actor, why, at from offering_order",
                        row -> Map.entry(
                                Offering.parse(row.getString(1)),
                                new Order(
                                        Word.valueOf(row.getString(2)),
                                        row.getString(3),
                                        row.getString(4),
                                        Instants.of(row, 5))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** Writes these, and what happened to their breakers. */
    @Transactional
    public void write(Map<Offering, State> some, List<Event> happened) {
        List<Map.Entry<Offering, State>> sorted = some.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
        sql.batch("""
                insert into offering_state (offering, record, breaker, at) values (?, ?::jsonb, ?::jsonb, ?)
                on conflict (offering) do update
                    set record = excluded.record, breaker = excluded.breaker, at = excluded.at""", sorted, (row, entry) -> row.text(entry.getKey())
                .json(entry.getValue().record())
                .json(entry.getValue().breaker())
                .instant(entry.getValue().at()));
        events.append(happened);
    }

    /** An operator says so; the last word counts. */
    @Transactional
    public void order(Offering offering, Order order) {
        sql.update("""
                insert into offering_order (offering, word, actor, why, at) values (?, ?, ?, ?, ?)
                on conflict (offering) do update
                    set word = excluded.word, actor = excluded.actor, why = excluded.why, at = excluded.at""", offering, order.word(), order.actor(), order.why(), order.at());
        events.append(List.of(new Event(
                order.at(),
                EventType.BREAKER_CHANGED,
                order.actor(),
                null,
                null,
                offering.toString(),
                null,
                null,
                order.word().name(),
                Why.of("OPERATOR", order.why()))));
    }
}
