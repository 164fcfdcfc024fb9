package dev.muster.postgres;

import dev.muster.job.JobArray;
import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arrays, and what is to be known of their children together. */
@ApplicationScoped
public class ArrayStore {
    private static final String OPEN = "state not in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')";
    /** Of an index that was run again only the newest job counts. */
    private static final String NEWEST = """
            select distinct on (array_id, array_index) array_id, array_index, id, state from job
            where array_id = any(?) order by array_id, array_index, id desc""";

    private final Sql sql;

    ArrayStore(Sql sql) {
        this.sql = sql;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void insert(List<JobArray> arrays) {
        sql.batch(
                "insert into job_array (id, team, name, size, parallelism, submitted_by, submitted_at) values (?, ?, ?, ?, ?, ?, ?)",
                arrays,
                (row, array) -> row.text(array.id())
                        .text(array.team())
                        .text(array.name())
                        .number(array.size())
                        .number(array.parallelism())
                        .text(array.submittedBy())
                        .instant(array.submittedAt()));
    }

    @Transactional
    public Optional<JobArray> find(JobId id) {
        return sql.query("select * from job_array where id = ?", ArrayStore::read, id).stream()
                .findFirst();
    }

    /** The newest of that name, at most two. */
    @Transactional
    public List<JobArray> called(TeamName team, String name) {
        return sql.query(
                "select * from job_array where team = ? and name = ? order by id desc limit 2",
                ArrayStore::read,
                team,
                name);
    }

    /** Newest first, of a team or of all, older than {@code before}. */
    @Transactional
    public List<JobArray> list(@Nullable TeamName team, @Nullable JobId before, int most) {
        return sql.query(
                "select * from job_array where (?::text is null or team = ?) and (?::text is null or id < ?) order by id desc limit ?",
                ArrayStore::read,
                team,
                team,
                before,
                before,
                most);
    }

    /** How many indices of each array are in each state. */
    @Transactional
    public Map<JobId, Map<JobState, Long>> children(Collection<JobId> arrays) {
        Map<JobId, Map<JobState, Long>> all = new HashMap<>();
        sql.each(
                "select array_id, state, count(*) from (" + NEWEST + ") newest group by array_id, state",
                row -> all.computeIfAbsent(new JobId(row.getString(1)), id -> new EnumMap<>(JobState.class))
                        .put(JobState.valueOf(row.getString(2)), row.getLong(3)),
                (Object) texts(arrays));
        return all;
    }

    /** The newest job of each index. */
    @Transactional
    public Map<Integer, JobId> byIndex(JobId array) {
        Map<Integer, JobId> all = new HashMap<>();
        sql.each(NEWEST, row -> all.put(row.getInt("array_index"), new JobId(row.getString("id"))), (Object)
                texts(List.of(array)));
        return all;
    }

    /** Children that have not ended, those that are blocked first: none of them takes the place of one that goes. */
    @Transactional
    public List<JobId> open(JobId array) {
        return sql.query(
                "select id from job where array_id = ? and " + OPEN
                        + " order by case state when 'BLOCKED' then 0 when 'QUEUED' then 1 else 2 end, array_index desc",
                row -> new JobId(row.getString(1)),
                array);
    }

    /** Writes down how arrays ended of which no child is left that has not; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int end(Instant now) {
        List<JobId> over = sql.query(
                "select id from job_array where state is null and not exists (select from job where array_id = job_array.id and "
                        + OPEN + ") limit 100",
                row -> new JobId(row.getString(1)));
        if (over.isEmpty()) {
            return 0;
        }
        sql.update("""
                update job_array set ended_at = ?, state = coalesce((
                    select case when bool_and(newest.state = 'SUCCEEDED') then 'SUCCEEDED'
                        when bool_or(newest.state in ('FAILED', 'EXPIRED')) then 'FAILED' else 'CANCELLED' end
                    from (%s) newest where newest.array_id = job_array.id), 'CANCELLED')
                where id = any(?)""".formatted(NEWEST), now, texts(over), texts(over));
        return over.size();
    }

    /** A child of it runs again. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reopen(JobId array) {
        sql.update("update job_array set state = null, ended_at = null where id = ?", array);
    }

    /** Blocked children that wait for nothing but their turn, and whose turn it is; by index, at most {@code most}. */
    @Transactional
    public List<JobId> ripe(int most) {
        return sql.query("""
                select child.id from job_array
                cross join lateral (
                    select count(*) as taken from job
                    where array_id = job_array.id and %s and state <> 'BLOCKED') now
                cross join lateral (
                    select id, array_index from job
                    where array_id = job_array.id and state = 'BLOCKED'
                        and not exists (select from job_dependency where job_dependency.job = job.id and not met)
                    order by array_index limit greatest(0, job_array.parallelism - now.taken)) child
                where job_array.state is null and job_array.parallelism is not null
                order by job_array.id, child.array_index limit ?""".formatted(OPEN), row -> new JobId(row.getString(1)), most);
    }

    private static String[] texts(Collection<JobId> ids) {
        return ids.stream().map(JobId::value).toArray(String[]::new);
    }

    private static JobArray read(ResultSet row) throws SQLException {
        int parallelism = row.getInt("parallelism");
        boolean any = row.wasNull();
        String state = row.getString("state");
        Instant ended = Instants.orNull(row, "ended_at");
        return new JobArray(
                new JobId(row.getString("id")),
                new TeamName(row.getString("team")),
                row.getString("name"),
                row.getInt("size"),
                any ? null : parallelism,
                row.getString("submitted_by"),
                Instants.of(row, "submitted_at"),
                state == null ? null : JobState.valueOf(state),
                ended);
    }
}
