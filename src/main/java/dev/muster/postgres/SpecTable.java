package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Named things with a version: each write is compare-and-set on it and leaves an event in the same transaction. Writers of one
 * table go one after the other, so that a check of the whole table (a tree, one default) holds until the transaction's end.
 */
final class SpecTable<R extends SpecRow, T> {
    private final Supplier<R> newRow;
    private final Class<R> rowType;
    private final Function<T, String> name;
    private final BiConsumer<R, T> columns;
    private final EventType changed;
    /** Every submission reads some of these: a text that was read before is not read again. */
    private final Words<T> values;

    private final String select;
    private final Sql sql;
    private final EventStore events;

    SpecTable(
            Class<R> rowType,
            Supplier<R> newRow,
            Class<T> type,
            Function<T, String> name,
            BiConsumer<R, T> columns,
            EventType changed,
            Sql sql,
            EventStore events) {
        this.rowType = rowType;
        this.newRow = newRow;
        this.name = name;
        this.columns = columns;
        this.changed = changed;
        this.values = new Words<>(Json.reader(type)::read);
        this.select = "select version, spec, created_at, updated_at from %s "
                .formatted(rowType.getAnnotation(Table.class).name());
        this.sql = sql;
        this.events = events;
    }

    Optional<Versioned<T>> get(String key) {
        return sql.query(select + "where name = ?", this::read, key).stream().findFirst();
    }

    List<Versioned<T>> all() {
        return sql.query(select + "order by name", this::read);
    }

    /** Makes every other writer, and everyone who {@link #hold holds}, wait until the end of the current transaction. */
    void lock() {
        sql.query("select pg_advisory_xact_lock(hashtext(?))::text", row -> "", lockName());
        // What was loaded to be written before the lock may be old.
        rows().clear();
    }

    /** Keeps the table as it is until the end of the current transaction; many may do so at once. */
    void hold() {
        sql.query("select pg_advisory_xact_lock_shared(hashtext(?))::text", row -> "", lockName());
    }

    /** Empty where the version is not the expected one (0: does not exist yet; empty: whatever it is). */
    Optional<Versioned<T>> put(T value, OptionalLong expected, String actor, Instant now) {
        lock();
        R row = rows().find(rowType, name.apply(value), LockModeType.PESSIMISTIC_WRITE);
        boolean isNew = row == null;
        long before = isNew ? 0 : row.version;
        String was = isNew ? null : row.spec;
        if (expected.isPresent() && expected.getAsLong() != before) {
            return Optional.empty();
        }
        if (isNew) {
            row = newRow.get();
            row.name = name.apply(value);
            row.createdAt = now;
        }
        row.version = before + 1;
        row.spec = Json.write(value);
        row.updatedAt = now;
        columns.accept(row, value);
        if (isNew) {
            rows().persist(row);
        }
        rows().flush();
        record(row.name, before, row.version, actor, now, was, row.spec);
        return Optional.of(versioned(row));
    }

    /** False where there is none of that version. */
    boolean delete(String key, OptionalLong expected, String actor, Instant now) {
        lock();
        R row = rows().find(rowType, key, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || (expected.isPresent() && expected.getAsLong() != row.version)) {
            return false;
        }
        rows().remove(row);
        rows().flush();
        record(key, row.version, 0, actor, now, row.spec, null);
        return true;
    }

    private void record(
            String key,
            long from,
            long to,
            String actor,
            Instant now,
            @Nullable String before,
            @Nullable String after) {
        Event event = new Event(now, changed, actor, null, null, key, null, version(from), version(to), null);
        events.append(event, before, after);
    }

    /** What a spec says that was read in another way. */
    T value(String spec) {
        return values.of(spec);
    }

    private static @Nullable String version(long version) {
        return version == 0 ? null : Long.toString(version);
    }

    private String lockName() {
        return "muster " + rowType.getSimpleName();
    }

    private Versioned<T> versioned(R row) {
        return new Versioned<>(values.of(row.spec), row.version, row.createdAt, row.updatedAt);
    }

    private Versioned<T> read(ResultSet row) throws SQLException {
        return new Versioned<>(
                values.of(row.getString("spec")),
                row.getLong("version"),
                Instants.of(row, "created_at"),
                Instants.of(row, "updated_at"));
    }

    private EntityManager rows() {
        return Panache.getEntityManager(rowType);
    }
}
