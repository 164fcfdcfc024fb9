package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.quota.name.QueueName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each leaf of the queue tree used of late. */
@ApplicationScoped
public class QueueUseStore {
    private static final Json.Reader<Map<String, Double>> USED =
            Json.reader(new TypeReference<Map<String, Double>>() {});

    private final Sql sql;

    QueueUseStore(Sql sql) {
        this.sql = sql;
    }

    /** A decaying mean, by resource, as it was at that time. */
    public record Used(Map<String, Double> mean, Instant at) {}

    @Transactional
    public Map<QueueName, Used> all() {
        Map<QueueName, Used> all = new HashMap<>();
        sql.query(
                        "select queue, used, at from queue_use",
                        row -> Map.entry(
                                new QueueName(row.getString(1)),
                                new Used(USED.read(row.getString(2)), Instants.of(row, 3))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** These and no others. */
    @Transactional
    public void replace(Map<QueueName, Used> all) {
        List<Map.Entry<QueueName, Used>> sorted = all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
        String[] names = sorted.stream().map(entry -> entry.getKey().value()).toArray(String[]::new);
        sql.update("delete from queue_use where not queue = any(?)", (Object) names);
        sql.batch("""
                insert into queue_use (queue, used, at) values (?, ?::jsonb, ?)
                on conflict (queue) do update set used = excluded.used, at = excluded.at""", sorted, (row, entry) -> row.text(entry.getKey())
                .json(entry.getValue().mean())
                .instant(entry.getValue().at()));
    }
}
