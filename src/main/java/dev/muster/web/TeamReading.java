package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Page;
import dev.muster.api.Team;
import dev.muster.job.JobState;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Teams as they go over the wire, with how many jobs they have in each state. */
@ApplicationScoped
public class TeamReading {
    private final TeamStore store;
    private final JobCounts counts;
    private final NamedPages pages;
    private final Caller caller;

    TeamReading(TeamStore store, JobCounts counts, NamedPages pages, Caller caller) {
        this.caller = caller;
        this.store = store;
        this.counts = counts;
        this.pages = pages;
    }

    public Page<Team> list(@Nullable String pageSize, @Nullable String pageToken) {
        Map<TeamName, Map<JobState, Long>> jobs = counts.byTeam();
        Sight sight = caller.view(Resource.Kind.TEAM);
        return pages.page(
                "teams",
                store.all().stream()
                        .filter(one -> sight == null
                                || sight.teams().contains(one.value().name()))
                        .toList(),
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
