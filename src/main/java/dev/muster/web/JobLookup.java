package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.job.Job;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Finds the job of a path. */
@ApplicationScoped
public class JobLookup {
    /** In a path in place of a team: whichever it is. */
    static final String EVERY_TEAM = "-";

    private final JobStore jobs;
    private final Caller caller;

    JobLookup(JobStore jobs, Caller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /** Null for {@link #EVERY_TEAM}. */
    static @Nullable TeamName team(String team) {
        return team.equals(EVERY_TEAM) ? null : Parameters.name("team", team, TeamName::new);
    }

    /**
     * @throws MusterException where there is no such job, it is another team's, or the caller may not see it: all told in the
     *     same words; or where the caller may see it and not do what they ask for
     */
    Job find(String team, String job) {
        TeamName of = team(team);
        Job seen = jobs.find(Parameters.name("job id", job, JobId::new))
                .filter(found -> of == null || found.team().equals(of))
                .filter(found -> isIn(caller.view(Resource.Kind.JOB), found))
                .orElseThrow(() -> MusterException.notFound(of == null ? "job" : "job of team " + of, job));
        if (!isIn(caller.sight(Resource.Kind.JOB), seen)) {
            throw caller.refused(new Resource(Resource.Kind.JOB, seen.team().value(), job));
        }
        return seen;
    }

    static boolean isIn(@Nullable Sight sight, Job job) {
        return sight == null || sight.reaches(job.team(), job.spec().queue());
    }
}
