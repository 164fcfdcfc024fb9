package dev.muster.operation;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.job.JobState;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.onboarding.Farewell;
import dev.muster.kubernetes.onboarding.Step;
import dev.muster.kubernetes.onboarding.TeamSite;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Teams' places in the cluster follow the teams: asked by name, or all of them again and again. */
@ApplicationScoped
public class TeamSites {
    private static final Logger LOG = Logger.getLogger(TeamSites.class);

    private final TeamStore teams;
    private final JobCounts counts;
    private final Stewards stewards;
    private final Instance<Installation> installation;

    TeamSites(TeamStore teams, JobCounts counts, Stewards stewards, Instance<Installation> installation) {
        this.teams = teams;
        this.counts = counts;
        this.stewards = stewards;
        this.installation = installation;
    }

    /** A place and what was done, or would be. */
    public record Seen(TeamSite site, List<Step> steps) {
        public boolean isRefused() {
            return steps.stream().anyMatch(step -> step.action() == Step.Action.REFUSE);
        }
    }

    public Seen plan(TeamName name) {
        TeamSite site = site(team(name));
        return new Seen(site, stewards.require("site").plan(site));
    }

    public Seen onboard(TeamName name) {
        TeamSite site = site(team(name));
        return new Seen(site, stewards.require("onboard").onboard(site));
    }

    public Farewell farewell(TeamName name) {
        return stewards.require("farewell").farewell(site(team(name)));
    }

    /** @throws MusterException where what is confirmed is not what there is now */
    public Farewell offboard(TeamName name, String confirmation) {
        TeamSite site = site(team(name));
        try {
            return stewards.require("offboard").offboard(site, confirmation);
        } catch (IllegalArgumentException e) {
            throw MusterException.conflict("farewell of team", name.value());
        }
    }

    /**
     * Mends what teams' places lack; what is refused waits for an operator and is told. A place that is gone whole is made again
     * only for a team that has work: an operator who takes one away means it.
     */
    public void follow() {
        if (stewards.find().isEmpty()) {
            return;
        }
        Map<TeamName, Map<JobState, Long>> jobs = counts.byTeam();
        teams.all().stream()
                .map(Versioned::value)
                .filter(team -> hasWork(jobs.getOrDefault(team.name(), Map.of())) || isThere(team))
                .forEach(this::settle);
    }

    private static boolean hasWork(Map<JobState, Long> jobs) {
        return jobs.keySet().stream().anyMatch(state -> !state.isFinal());
    }

    private boolean isThere(Team team) {
        try {
            return stewards.require("site").plan(site(team)).stream()
                    .anyMatch(step -> step.action() != Step.Action.MAKE);
        } catch (MusterException | ClusterUnavailable e) {
            // Said when it is settled.
            return true;
        }
    }

    /** Makes and mends what one team lacks, at once: its first job must find its place. What fails is told, and tried again by and by. */
    public void settle(Team team) {
        if (stewards.find().isEmpty()) {
            return;
        }
        try {
            TeamSite site = site(team);
            tell(new Seen(site, stewards.require("onboard").onboard(site)));
        } catch (MusterException | ClusterUnavailable e) {
            LOG.warnf("site-waits team=%s why=\"%s\"", team.name(), e.getMessage());
        }
    }

    private static void tell(Seen seen) {
        seen.steps().stream()
                .filter(step -> step.action() != Step.Action.KEEP)
                .forEach(step -> LOG.infof(
                        "site team=%s object=%s action=%s why=\"%s\"",
                        seen.site().team(), step.object(), step.action(), String.join("; ", step.why())));
    }

    private Team team(TeamName name) {
        stewards.require("a team's place");
        return teams.find(name).map(Versioned::value).orElseThrow(() -> MusterException.notFound("team", name.value()));
    }

    /** @throws MusterException where the namespace can be no team's */
    private TeamSite site(Team team) {
        try {
            return new TeamSite(
                    team.name(),
                    installation.get().id(),
                    team.namespace(),
                    team.serviceAccount() == null ? TeamSite.DRIVER : team.serviceAccount(),
                    new TreeSet<>(team.secrets()));
        } catch (IllegalArgumentException e) {
            throw MusterException.invalid(new dev.muster.problem.Fault(
                    "/spec/namespace", dev.muster.problem.Fault.Kind.NOT_ALLOWED, String.valueOf(e.getMessage())));
        }
    }
}
