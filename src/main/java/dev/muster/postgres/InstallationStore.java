package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The id of this installation, given once with the database: a restored backup is the same installation, a new database another. */
@ApplicationScoped
public class InstallationStore {
    private final Sql sql;

    InstallationStore(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    public String id() {
        return sql.query("select id from installation", row -> row.getString(1)).get(0);
    }
}
