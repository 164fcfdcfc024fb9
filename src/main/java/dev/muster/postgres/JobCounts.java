package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs there are in each state. States without jobs are absent. Nobody counts them: the database notes each change
 * beside the jobs, in the same transaction.
 */
@ApplicationScoped
public class JobCounts {
    private static final String ADD_UP = """
            with many as (
                select team, queue, state from job_count group by team, queue, state having count(*) > 1 limit 10000
            ), gone as (
                delete from job_count using many
                where job_count.team = many.team and job_count.queue = many.queue and job_count.state = many.state
                returning job_count.*
            )
            insert into job_count select team, queue, state, sum(jobs) from gone
            group by team, queue, state having sum(jobs) <> 0""";

    /** Who counts all of a million jobs keeps a reader waiting for seconds. */
    public static final int LOOKED_AT = 50_000;

    private final Sql sql;

    JobCounts(Sql sql) {
        this.sql = sql;
    }

    /** Adds up what was noted since; how many groups it was. Nothing that anybody reads changes by it. */
    @Transactional
    public int addUp() {
        return sql.update(ADD_UP);
    }

    /** Of the team, or of all teams. */
    @Transactional
    public Map<JobState, Long> of(@Nullable TeamName team) {
        Map<String, Map<JobState, Long>> all = team == null
                ? count(
                        "select '' as name, state, sum(jobs) from job_count group by state having sum(jobs) > 0",
                        Function.identity())
                : count(
                        "select team as name, state, sum(jobs) from job_count where team = ? group by team, state having sum(jobs) > 0",
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
                        "select '' as name, state, sum(jobs) from job_count where team = any(?) or queue = any(?) group by state having sum(jobs) > 0",
                        Function.identity(),
                        Sights.teams(sight),
                        Sights.queues(sight))
                .values()
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** By what jobs can be put together. */
    public enum Key {
        NAME("name", false),
        QUEUE("queue", true),
        TEAM("team", true),
        PRIORITY("priority_class", false),
        PERSON("submitted_by", false),
        SET("job_set", false);

        private final String column;
        private final boolean counted;

        Key(String column, boolean counted) {
            this.column = column;
            this.counted = counted;
        }

        /** How many there are is known beside the jobs; of the others only the newest {@link #LOOKED_AT} jobs are looked at. */
        public boolean isCounted() {
            return counted;
        }
    }

    /**
     * The largest groups of those that may be seen (null: of all), the largest first; of all jobs where their number is known without
     * counting, else of the newest {@link #LOOKED_AT}.
     */
    @Transactional
    public Map<String, Map<JobState, Long>> largest(Key key, int most, @Nullable Sight sight) {
        // Most jobs are of no set.
        String where = " where " + key.column + " is not null"
                + (sight == null ? "" : " and (team = any(?) or queue = any(?))");
        Object[] values = sight == null ? new Object[] {} : new Object[] {Sights.teams(sight), Sights.queues(sight)};
        String from = key.isCounted()
                ? "select %1$s, state, sum(jobs) as jobs from job_count%2$s group by %1$s, state having sum(jobs) > 0"
                        .formatted(key.column, where)
                : "select %1$s, state, count(*) as jobs from (select %1$s, state from job%2$s order by id desc limit %3$d) newest group by %1$s, state"
                        .formatted(key.column, where, LOOKED_AT);
        Map<String, Map<JobState, Long>> found =
                count("""
                with each as (%2$s),
                most as (select %1$s from each group by %1$s order by sum(jobs) desc, %1$s limit %3$d)
                select %1$s as name, state, jobs from each where %1$s in (select %1$s from most)""".formatted(key.column, from, most), Function.identity(), values);
        Map<String, Map<JobState, Long>> largestFirst = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingLong(JobCounts::all).reversed().thenComparing(Map.Entry::getKey))
                .forEach(group -> largestFirst.put(group.getKey(), group.getValue()));
        return largestFirst;
    }

    private static long all(Map.Entry<String, Map<JobState, Long>> group) {
        return group.getValue().values().stream().mapToLong(Long::longValue).sum();
    }

    @Transactional
    public Map<TeamName, Map<JobState, Long>> byTeam() {
        return count(
                "select team as name, state, sum(jobs) from job_count group by team, state having sum(jobs) > 0",
                TeamName::new);
    }

    @Transactional
    public Map<QueueName, Map<JobState, Long>> byQueue() {
        return count(
                "select queue as name, state, sum(jobs) from job_count group by queue, state having sum(jobs) > 0",
                QueueName::new);
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
