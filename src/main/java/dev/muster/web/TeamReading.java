package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Page;
import dev.muster.api.Team;
import dev.muster.api.TeamStatus;
import dev.muster.job.JobState;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.RushStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.time.LengthOfTime;
import dev.muster.report.OnDemandBudgets;
import dev.muster.rights.Sight;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushLeft;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Teams as they go over the wire, with how many jobs they have in each state; one alone with what it has spent. */
@ApplicationScoped
public class TeamReading {
    private final TeamStore store;
    private final JobCounts counts;
    private final NamedPages pages;
    private final Caller caller;
    private final OnDemandBudgets budgets;
    private final RushStore rushes;
    private final InstantSource clock;

    TeamReading(
            TeamStore store,
            JobCounts counts,
            NamedPages pages,
            Caller caller,
            OnDemandBudgets budgets,
            RushStore rushes,
            InstantSource clock) {
        this.rushes = rushes;
        this.clock = clock;
        this.caller = caller;
        this.budgets = budgets;
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
                one -> TeamWords.view(one, jobs.getOrDefault(one.value().name(), Map.of()), null, null),
                pageSize,
                pageToken);
    }

    /** @throws MusterException where there is none of that name */
    public Team one(TeamName name) {
        return store.find(name).map(this::view).orElseThrow(() -> MusterException.notFound("team", name.value()));
    }

    Team view(Versioned<dev.muster.team.Team> versioned) {
        OnDemandBudgets.Standing standing = budgets.of(versioned.value());
        return TeamWords.view(
                versioned,
                counts.of(versioned.value().name()),
                new TeamStatus.OnDemand(
                        Integer.toString(standing.budget()),
                        standing.spent().setScale(2, RoundingMode.HALF_UP).toPlainString(),
                        LengthOfTime.spoken(standing.period())),
                rush(versioned.value()));
    }

    private TeamStatus.@Nullable RushLeft rush(dev.muster.team.Team team) {
        RushAllowance allowance = team.rush();
        if (allowance == null) {
            return null;
        }
        Instant now = clock.instant();
        RushLeft left = RushLeft.of(
                allowance, rushes.uses(team.name(), now), caller.actor().name(), 1, now);
        Integer count = left.left();
        return count == null ? null : new TeamStatus.RushLeft(count, left.nextAt());
    }
}
