package dev.muster.postgres;

import dev.muster.event.EventType;
import dev.muster.pool.Pool;
import dev.muster.quota.name.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The pools that an operator has declared. */
@ApplicationScoped
public class PoolStore {
    private static final String PRICE = """
            insert into pool_price (pool, since, price, resources) select ?, ?, ?::numeric, ?::jsonb
            where not exists (
                select from (select price, resources from pool_price where pool = ? order by since desc limit 1) last
                where last.price is not distinct from ?::numeric and last.resources = ?::jsonb)
            on conflict (pool, since) do update set price = excluded.price, resources = excluded.resources""";

    private final Sql sql;
    private final SpecTable<PoolRow, Pool> table;

    PoolStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.table = new SpecTable<>(
                PoolRow.class,
                PoolRow::new,
                Pool.class,
                value -> value.name().value(),
                (row, value) -> {},
                EventType.POOL_CHANGED,
                sql,
                events);
    }

    @Transactional
    public Optional<Versioned<Pool>> find(PoolName name) {
        return table.get(name.value());
    }

    /** All, by name. */
    @Transactional
    public List<Versioned<Pool>> all() {
        return table.all();
    }

    /** Creates or replaces; empty where the version is not the expected one (0: must not exist yet; empty: any). */
    @Transactional
    public Optional<Versioned<Pool>> put(Pool value, OptionalLong expected, String actor, Instant now) {
        Optional<Versioned<Pool>> written = table.put(value, expected, actor, now);
        written.ifPresent(pool -> keepPrice(pool.value(), now));
        return written;
    }

    /** False where there is none, or not of the expected version (empty: any). */
    @Transactional
    public boolean delete(PoolName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(name.value(), expected, actor, now);
    }

    /** What was held before a price changes costs what it cost then. */
    private void keepPrice(Pool pool, Instant now) {
        String price = pool.price() == null ? null : pool.price().toPlainString();
        String resources = Json.write(pool.resources());
        sql.update(PRICE, pool.name(), now, price, resources, pool.name(), price, resources);
    }
}
