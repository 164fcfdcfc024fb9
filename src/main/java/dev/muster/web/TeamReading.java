package dev.muster.web;

import dev.muster.api.Page;
import dev.muster.api.Team;
import dev.muster.job.JobState;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Teams as they go over the wire, with how many jobs they have in each state. */
@ApplicationScoped
public class TeamReading {
    private final TeamStore store;
    private final JobCounts counts;
    private final NamedPages pages;

    TeamReading(TeamStore store, JobCounts counts, NamedPages pages) {
        this.store = store;
        this.counts = counts;
        this.pages = pages;
    }

    public Page<Team> list(@Nullable String pageSize, @Nullable String pageToken) {
        Map<TeamName, Map<JobState, Long>> jobs = counts.byTeam();
        return pages.page(
                "teams",
                store.all(),
                one -> one.value().name().value(),
                one -> TeamWords.view(one, jobs.getOrDefault(one.value().name(), Map.of())),
                pageSize,
                pageToken);
    }

    /** @throws MusterException where there is none of that name */
    public Team one(TeamName name) {
        return store.find(name).map(this::view).orElseThrow(() -> MusterException.notFound("team", name.value()));
    }

    Team view(Versioned<dev.muster.team.Team> versioned) {
        return TeamWords.view(versioned, counts.of(versioned.value().name()));
    }
}
