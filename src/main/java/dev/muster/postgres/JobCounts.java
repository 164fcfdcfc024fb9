package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many jobs there are in each state. States without jobs are absent. */
@ApplicationScoped
public class JobCounts {
    private final Sql sql;

    JobCounts(Sql sql) {
        this.sql = sql;
    }

    /** Of the team, or of all teams. */
    @Transactional
    public Map<JobState, Long> of(@Nullable TeamName team) {
        Map<String, Map<JobState, Long>> all = team == null
                ? count("select '' as name, state, count(*) from job group by state", Function.identity())
                : count(
                        "select team as name, state, count(*) from job where team = ? group by team, state",
                        Function.identity(),
                        team);
        return all.values().stream().findFirst().orElse(Map.of());
    }

    /** Of those that may be seen; null: all. */
    @Transactional
    public Map<JobState, Long> seen(@Nullable Sight sight) {
        if (sight == null) {
            return of(null);
        }
        return count(
                        "select '' as name, state, count(*) from job where team = any(?) or queue = any(?) group by state",
                        Function.identity(),
                        Sights.teams(sight),
                        Sights.queues(sight))
                .values()
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    @Transactional
    public Map<TeamName, Map<JobState, Long>> byTeam() {
        return count("select team as name, state, count(*) from job group by team, state", TeamName::new);
    }

    @Transactional
    public Map<QueueName, Map<JobState, Long>> byQueue() {
        return count("select queue as name, state, count(*) from job group by queue, state", QueueName::new);
    }

    private <K extends Comparable<K>> Map<K, Map<JobState, Long>> count(
            String query, Function<String, K> name, Object... values) {
        record Count(String name, JobState state, long jobs) {}
        List<Count> counts = sql.query(
                query, row -> new Count(row.getString(1), JobState.valueOf(row.getString(2)), row.getLong(3)), values);
        Map<K, Map<JobState, Long>> all = new TreeMap<>();
        counts.forEach(count -> all.computeIfAbsent(name.apply(count.name()), k -> new EnumMap<>(JobState.class))
                .put(count.state(), count.jobs()));
        return all;
    }
}
