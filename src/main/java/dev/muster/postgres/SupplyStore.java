package dev.muster.postgres;

import dev.muster.quota.name.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many ready nodes each pool had, from when on. */
@ApplicationScoped
public class SupplyStore {
    private final Sql sql;

    SupplyStore(Sql sql) {
        this.sql = sql;
    }

    /** So many from then on. */
    public record Supply(PoolName pool, Instant at, int nodes) {}

    /** What was written last of each pool. */
    @Transactional
    public SortedMap<PoolName, Integer> latest() {
        SortedMap<PoolName, Integer> latest = new TreeMap<>();
        sql.query("select distinct on (pool) pool, at, nodes from supply order by pool, at desc", SupplyStore::row)
                .forEach(supply -> latest.put(supply.pool(), supply.nodes()));
        return latest;
    }

    /** Adds these, and forgets what was over before {@code keptFrom}: what was true then is still known. */
    @Transactional
    public void add(List<Supply> changes, Instant keptFrom) {
        sql.batch("""
                insert into supply (pool, at, nodes) values (?, ?, ?)
                on conflict (pool, at) do update set nodes = excluded.nodes""", changes, (row, supply) -> row.text(supply.pool())
                .instant(supply.at())
                .number((long) supply.nodes()));
        sql.update("""
                delete from supply where at < ? and exists (
                    select 1 from supply later where later.pool = supply.pool and later.at > supply.at and later.at <= ?)""", keptFrom, keptFrom);
    }

    /** What was true at {@code from}, and every change until {@code to}; by time. */
    @Transactional
    public List<Supply> between(Instant from, Instant to) {
        return sql.query("""
                select pool, at, nodes from supply where at < ? and (at >= ? or not exists (
                    select 1 from supply later where later.pool = supply.pool and later.at > supply.at and later.at <= ?))
                order by at, pool""", SupplyStore::row, to, from, from);
    }

    private static Supply row(ResultSet row) throws SQLException {
        return new Supply(new PoolName(row.getString(1)), Instants.of(row, 2), row.getInt(3));
    }
}
