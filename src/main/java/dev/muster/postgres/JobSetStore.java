package dev.muster.postgres;

import dev.muster.job.JobSet;
import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets of jobs. They have no rows of their own: each question goes by an index to the jobs of the set, and counts only those. */
@ApplicationScoped
public class JobSetStore {
    /** From each name to the next one, however many jobs have it. */
    private static final String NAMES = """
            with recursive named as (
                (select job_set from job where team = ? and job_set > ? order by job_set limit 1)
                union all
                select (select job_set from job where team = ? and job_set > named.job_set order by job_set limit 1)
                from named where named.job_set is not null
            ) select job_set from named where job_set is not null limit ?""";

    private static final String COUNTS =
            "select job_set, state, count(*) from job where team = ? and job_set = any(?) group by job_set, state";
    private static final String COURSE = """
            select named.job_set,
                (select submitted_at from job where team = ? and job_set = named.job_set order by id limit 1),
                (select finished_at from job where team = ? and job_set = named.job_set
                    and coalesce(finished_at, 'infinity') < 'infinity'
                    order by coalesce(finished_at, 'infinity') desc, id desc limit 1),
                (select id from job where team = ? and job_set = named.job_set and state in ('FAILED', 'EXPIRED')
                    order by finished_at, id limit 1)
            from unnest(?) as named (job_set) order by named.job_set""";

    private final Sql sql;

    JobSetStore(Sql sql) {
        this.sql = sql;
    }

    /** By name, those behind {@code after} (null: from the first). */
    @Transactional
    public List<JobSet> list(TeamName team, @Nullable String after, int most) {
        return read(
                team,
                sql.query(
                        NAMES, row -> new JobSetName(row.getString(1)), team, after == null ? "" : after, team, most));
    }

    /** Empty where no job is of it. */
    @Transactional
    public Optional<JobSet> find(TeamName team, JobSetName name) {
        return read(team, List.of(name)).stream().findFirst();
    }

    private List<JobSet> read(TeamName team, Collection<JobSetName> wanted) {
        String[] names = wanted.stream().map(JobSetName::value).toArray(String[]::new);
        Map<String, Map<JobState, Long>> counts = new HashMap<>();
        sql.each(
                COUNTS,
                row -> counts.computeIfAbsent(row.getString(1), name -> new EnumMap<>(JobState.class))
                        .put(JobState.valueOf(row.getString(2)), row.getLong(3)),
                team,
                names);
        List<JobSet> found = new ArrayList<>();
        sql.each(
                COURSE,
                row -> {
                    Instant began = Instants.orNull(row, 2);
                    Map<JobState, Long> jobs = counts.get(row.getString(1));
                    if (began == null || jobs == null) {
                        return; // its last job was deleted between the two
                    }
                    Instant ended = Instants.orNull(row, 3);
                    String failed = row.getString(4);
                    found.add(new JobSet(
                            team,
                            new JobSetName(row.getString(1)),
                            jobs,
                            began,
                            ended,
                            failed == null ? null : new JobId(failed)));
                },
                team,
                team,
                team,
                names);
        return found;
    }
}
