package dev.muster.postgres;

import dev.muster.quota.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The policy that only plans, at most one: its values, who wants it, why and since when ({@code at}); its revision is 0. */
@ApplicationScoped
public class ShadowStore {
    private static final Json.Reader<Values> VALUES = Json.reader(Values.class);

    private final Sql sql;

    ShadowStore(Sql sql) {
        this.sql = sql;
    }

    private record Values(SortedMap<String, String> values) {}

    @Transactional
    public Optional<Policy> current() {
        return sql
                .query(
                        "select \"values\", actor, why, since from policy_shadow",
                        row -> new Policy(
                                0,
                                VALUES.read(row.getString(1)).values(),
                                row.getString(2),
                                row.getString(3),
                                Instants.of(row, 4)))
                .stream()
                .findFirst();
    }

    /** In place of the one before. */
    @Transactional
    public void put(Policy shadow) {
        sql.update(
                """
                insert into policy_shadow (id, "values", actor, why, since) values (1, ?::jsonb, ?, ?, ?)
                on conflict (id) do update set "values" = excluded."values", actor = excluded.actor, why = excluded.why,
                    since = excluded.since""", Json.write(new Values(new TreeMap<>(shadow.values()))), shadow.actor(), shadow.why(), shadow.at());
    }

    /** False where there is none. */
    @Transactional
    public boolean remove() {
        return sql.update("delete from policy_shadow") == 1;
    }
}
