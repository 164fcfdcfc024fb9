package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Tells in one round trip whether any team, queue, pool or priority class was written since. */
@ApplicationScoped
public class CatalogueStamp {
    private static final String QUERY = """
            select coalesce(sum(hashtextextended(kind || name || ' ' || version || ' ' || updated_at, 0)), 0)::text from (
                select 't' as kind, name, version, updated_at from team
                union all select 'q', name, version, updated_at from queue
                union all select 'p', name, version, updated_at from pool
                union all select 'c', name, version, updated_at from priority_class) catalogue""";

    private final Sql sql;

    CatalogueStamp(Sql sql) {
        this.sql = sql;
    }

    /** Equal stamps: nothing was written in between. What is read after the stamp is at least as new as it. */
    @Transactional
    public String read() {
        return sql.query(QUERY, row -> row.getString(1)).get(0);
    }
}
