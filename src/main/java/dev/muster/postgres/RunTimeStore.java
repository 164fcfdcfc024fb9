package dev.muster.postgres;

import dev.muster.job.Series;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long jobs ran that have succeeded. */
@ApplicationScoped
public class RunTimeStore {
    private static final String LATEST = """
            select key.team, key.series, extract(epoch from run.time) from unnest(?::text[], ?::text[]) as key (team, series)
            cross join lateral (
                select finished_at - started_at as time, finished_at from job
                where job.team = key.team and regexp_replace(job.name, '-[0-9]+$', '') = key.series
                    and state = 'SUCCEEDED' and started_at is not null
                order by finished_at desc limit ?) run
            order by run.finished_at""";

    private final Sql sql;

    RunTimeStore(Sql sql) {
        this.sql = sql;
    }

    /** The latest {@code most} of each series, the oldest first; one without any is left out. */
    @Transactional
    public Map<Series, List<Duration>> latest(Collection<Series> series, int most) {
        List<Series> keys = List.copyOf(series);
        String[] teams = keys.stream().map(key -> key.team().value()).toArray(String[]::new);
        String[] names = keys.stream().map(Series::name).toArray(String[]::new);
        Map<Series, List<Duration>> latest = new HashMap<>();
        sql.query(
                        LATEST,
                        row -> Map.entry(
                                new Series(new TeamName(row.getString(1)), row.getString(2)),
                                Duration.ofMillis(Math.round(row.getDouble(3) * 1000))),
                        teams,
                        names,
                        most)
                .forEach(entry -> latest.computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(entry.getValue()));
        return latest;
    }
}
