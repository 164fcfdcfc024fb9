package dev.muster.postgres;

import dev.muster.quota.name.QueueName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Since when queues have held more than their capability. */
@ApplicationScoped
public class QueueAboveStore {
    private final Sql sql;

    QueueAboveStore(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    public Map<QueueName, Instant> all() {
        Map<QueueName, Instant> all = new HashMap<>();
        sql.query(
                        "select queue, since from queue_above",
                        row -> Map.entry(new QueueName(row.getString(1)), Instants.of(row, 2)))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** These and no others. */
    @Transactional
    public void replace(Map<QueueName, Instant> all) {
        List<Map.Entry<QueueName, Instant>> sorted = all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
        String[] names = sorted.stream().map(entry -> entry.getKey().value()).toArray(String[]::new);
        sql.update("delete from queue_above where not queue = any(?)", (Object) names);
        sql.batch(
                "insert into queue_above (queue, since) values (?, ?)"
                        + " on conflict (queue) do update set since = excluded.since",
                sorted,
                (row, entry) -> row.text(entry.getKey()).instant(entry.getValue()));
    }
}
