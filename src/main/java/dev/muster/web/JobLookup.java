package dev.muster.web;

import dev.muster.job.Job;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Finds the job of a path. */
@ApplicationScoped
public class JobLookup {
    /** In a path in place of a team: whichever it is. */
    static final String EVERY_TEAM = "-";

    private final JobStore jobs;

    JobLookup(JobStore jobs) {
        this.jobs = jobs;
    }

    /** Null for {@link #EVERY_TEAM}. */
    static @Nullable TeamName team(String team) {
        return team.equals(EVERY_TEAM) ? null : Parameters.name("team", team, TeamName::new);
    }

    /** @throws MusterException where there is no such job, or it is another team's */
    Job find(String team, String job) {
        TeamName of = team(team);
        return jobs.find(Parameters.name("job id", job, JobId::new))
                .filter(found -> of == null || found.team().equals(of))
                .orElseThrow(() -> MusterException.notFound(of == null ? "job" : "job of team " + of, job));
    }
}
