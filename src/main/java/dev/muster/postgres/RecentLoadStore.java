package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.job.Role;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What kinds of pods were launched of late. */
@ApplicationScoped
public class RecentLoadStore {
    private static final String ENDED = """
            select job.shape, attempt.placements from attempt join job on job.id = attempt.job
            where attempt.created_at > ? and attempt.state = 'ENDED' order by attempt.created_at desc limit ?""";

    private static final Json.Reader<Map<RoleName, Map<PoolName, Integer>>> PLACEMENTS =
            Json.reader(new TypeReference<Map<RoleName, Map<PoolName, Integer>>>() {});

    private final Sql sql;

    RecentLoadStore(Sql sql) {
        this.sql = sql;
    }

    /** How many pods of each shape the latest attempts had that were launched after that time and have ended, {@code most} at most. */
    @Transactional
    public Map<Shape, Long> ended(Instant since, int most) {
        Map<Shape, Long> pods = new HashMap<>();
        sql.each(
                ENDED,
                row -> {
                    Map<RoleName, Map<PoolName, Integer>> placements = PLACEMENTS.read(row.getString(2));
                    for (Role role : JobShape.read(row.getString(1)).roles()) {
                        long count = placements.getOrDefault(role.name(), Map.of()).values().stream()
                                .mapToLong(Integer::longValue)
                                .sum();
                        pods.merge(
                                new Shape(
                                        role.pod().resources(),
                                        role.pod().affinity(),
                                        role.pod().tolerations()),
                                count,
                                Long::sum);
                    }
                },
                since,
                most);
        return pods;
    }
}
