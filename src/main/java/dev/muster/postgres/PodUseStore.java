package dev.muster.postgres;

import dev.muster.cluster.PodUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pods used, summed up by attempt, role, pool and hour. */
@ApplicationScoped
public class PodUseStore {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::job)
            .thenComparingInt(Key::attempt)
            .thenComparing(Key::role)
            .thenComparing(Key::pool);

    private final Sql sql;
    private final Leadership leadership;

    PodUseStore(Sql sql, Leadership leadership) {
        this.sql = sql;
        this.leadership = leadership;
    }

    private record Key(String job, int attempt, String role, String pool) {}

    private record Row(Key key, long podMillis, BigDecimal cpu, BigDecimal memory) {
        Row plus(Row other) {
            return new Row(key, podMillis + other.podMillis, cpu.add(other.cpu), memory.add(other.memory));
        }
    }

    /**
     * Each of these pods has used so much for so long, until {@code at}; all of them are kept, or none.
     *
     * @throws Leadership.Lost where another replica leads by now, which measures itself
     */
    @Transactional
    public void add(long epoch, Collection<PodUse> use, Duration length, Instant at) {
        leadership.requireEpoch(epoch);
        add(use, length, at);
    }

    @Transactional
    void add(Collection<PodUse> use, Duration length, Instant at) {
        BigDecimal millis = BigDecimal.valueOf(length.toMillis());
        Map<Key, Row> rows = new TreeMap<>(ORDER);
        for (PodUse pod : use) {
            Key key = new Key(
                    pod.pod().attempt().job().value(),
                    pod.pod().attempt().number(),
                    pod.pod().role().value(),
                    pod.pool().value());
            Row row = new Row(
                    key,
                    length.toMillis(),
                    BigDecimal.valueOf(pod.milliCpu()).multiply(millis),
                    BigDecimal.valueOf(pod.memory()).multiply(millis));
            rows.merge(key, row, Row::plus);
        }
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        sql.batch("""
                insert into pod_use (job, attempt, role, pool, hour, pod_millis, cpu, memory) values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (job, attempt, role, pool, hour) do update set pod_millis = pod_use.pod_millis + excluded.pod_millis,
                    cpu = pod_use.cpu + excluded.cpu, memory = pod_use.memory + excluded.memory""", List.copyOf(rows.values()), (statement, row) -> statement
                .text(row.key().job())
                .number(row.key().attempt())
                .text(row.key().role())
                .text(row.key().pool())
                .instant(hour)
                .number(row.podMillis())
                .decimal(row.cpu())
                .decimal(row.memory()));
    }
}
