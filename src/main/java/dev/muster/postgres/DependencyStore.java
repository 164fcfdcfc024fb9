package dev.muster.postgres;

import dev.muster.job.Dependency;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for whom. The job's own spec has it, too; here it is found from the other side. */
@ApplicationScoped
public class DependencyStore {
    private final Sql sql;

    DependencyStore(Sql sql) {
        this.sql = sql;
    }

    /** Keeps whom these jobs wait for. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void insert(List<Job> jobs) {
        List<Map.Entry<JobId, Dependency>> all = jobs.stream()
                .filter(job -> job.state() == JobState.BLOCKED)
                .flatMap(job -> job.spec().dependencies().stream().map(one -> Map.entry(job.id(), one)))
                .toList();
        sql.batch(
                "insert into job_dependency (job, needs, condition) values (?, ?, ?) on conflict do nothing",
                all,
                (row, one) -> row.text(one.getKey())
                        .text(one.getValue().job())
                        .text(one.getValue().on()));
    }

    /** Blocked jobs that wait for one which has ended, or is gone, since they were looked at: at most {@code most}, by id. */
    @Transactional
    public List<JobId> ripe(int most) {
        return sql.query("""
                select distinct blocked.id from job blocked join job_dependency on job_dependency.job = blocked.id
                left join job needed on needed.id = job_dependency.needs
                left join job_array on job_array.id = job_dependency.needs
                where blocked.state = 'BLOCKED' and not job_dependency.met
                    and (needed.id is null and job_array.id is null or job_array.state is not null or needed.state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'))
                order by 1 limit ?""", row -> new JobId(row.getString(1)), most);
    }

    /** The dependency holds; it is not looked at again. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void met(JobId job, Dependency dependency) {
        sql.update(
                "update job_dependency set met = true where job = ? and needs = ? and condition = ?",
                job,
                dependency.job(),
                dependency.on());
    }

    /** How these jobs stand; one that was deleted is told by its last move. Those of which nobody knows anything are absent. */
    @Transactional
    public Map<JobId, JobState> states(Collection<JobId> jobs) {
        String[] ids = jobs.stream().map(JobId::value).toArray(String[]::new);
        Map<JobId, JobState> states = new HashMap<>();
        sql.query(
                """
                select asked.id, coalesce(job.state, job_array.state, case when job_array.id is not null then 'RUNNING' end, told.how) as state
                from unnest(?) as asked (id) left join job on job.id = asked.id
                left join job_array on job_array.id = asked.id
                left join lateral (
                    select "to" as how from event where event.job = asked.id and type = 'JOB_MOVED'
                        and "to" in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')
                    order by event.id desc limit 1) told on job.id is null""",
                row -> {
                    String state = row.getString("state");
                    if (state != null) {
                        states.put(new JobId(row.getString("id")), JobState.valueOf(state));
                    }
                    return states;
                },
                (Object) ids);
        return states;
    }
}
