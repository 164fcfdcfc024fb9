package dev.muster.postgres;

import dev.muster.event.EventType;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PriorityClass;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The priority classes. */
@ApplicationScoped
public class PriorityClassStore {
    private final SpecTable<PriorityClassRow, PriorityClass> table;

    PriorityClassStore(Sql sql, EventStore events) {
        this.table = new SpecTable<>(
                PriorityClassRow.class,
                PriorityClassRow::new,
                PriorityClass.class,
                value -> value.name().value(),
                (row, value) -> {},
                EventType.PRIORITY_CLASS_CHANGED,
                sql,
                events);
    }

    @Transactional
    public Optional<Versioned<PriorityClass>> find(PriorityClassName name) {
        return table.get(name.value());
    }

    /** All, by name. */
    @Transactional
    public List<Versioned<PriorityClass>> all() {
        return table.all();
    }

    /** Creates or replaces; empty where the version is not the expected one (0: must not exist yet; empty: any). */
    @Transactional
    public Optional<Versioned<PriorityClass>> put(
            PriorityClass value, OptionalLong expected, String actor, Instant now) {
        return table.put(value, expected, actor, now);
    }

    /** False where there is none, or not of the expected version (empty: any). */
    @Transactional
    public boolean delete(PriorityClassName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(name.value(), expected, actor, now);
    }
}
