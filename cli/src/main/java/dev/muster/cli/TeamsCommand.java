package dev.muster.cli;

import dev.muster.api.Team;
import dev.muster.api.TeamFarewell;
import dev.muster.api.TeamSite;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The teams and their jobs by state. */
@Command(
        name = "teams",
        description = {
            "Shows the teams, their defaults and their jobs by state; in a Kubernetes cluster also makes their places",
            "there (namespace, service account, role) and takes them away."
        },
        footer = {
            "  muster teams",
            "  muster teams --watch",
            "  muster teams show vision > vision.yaml    as it can be changed and applied",
            "  muster teams delete vision",
            "  muster teams onboard vision               make or mend its place now (Muster does so by itself, too)",
            "  muster teams onboard vision --dry-run     what it lacks",
            "  muster teams offboard vision              what would be deleted",
            "  muster teams offboard vision --confirm 1f0c9a72be31"
        })
final class TeamsCommand extends ListVerb {
    @Override
    public Integer call() {
        list(
                client -> client.teams().all(),
                this::table,
                "There is no team yet. Make one: muster apply -f examples/team.yaml");
        return ExitCode.OK;
    }

    private Table table(List<Team> teams) {
        Table table = new Table("TEAM", "NAMESPACE", "QUEUE", "PRIORITY", "JOBS");
        for (Team team : teams) {
            table.row(
                    team.metadata().name(),
                    Objects.requireNonNullElse(team.spec().namespace(), ""),
                    Objects.requireNonNullElse(team.spec().queue(), ""),
                    Objects.requireNonNullElse(team.spec().priorityClass(), ""),
                    jobs(team.status() == null ? Map.of() : team.status().jobsByState()));
        }
        return table;
    }

    @Command(
            name = "onboard",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a team's place in the cluster. Exit code 1: something of it is refused, and nothing was changed.")
    int onboard(
            @Parameters(paramLabel = "TEAM") String team,
            @Option(names = "--dry-run", description = "Show it and change nothing.") boolean dryRun) {
        TeamSite site = dryRun
                ? client().operations().site(team)
                : client().operations().onboard(team);
        if (forPeople()) {
            site.steps().forEach(step -> {
                screen().print("%s  %s".formatted(Text.padded(step.action(), 6), Text.plain(step.object())));
                step.why().forEach(why -> screen().print("        " + Text.plain(why)));
            });
        } else {
            Print.one(screen(), site);
        }
        boolean refused = site.steps().stream().anyMatch(step -> step.action().equals("REFUSE"));
        return refused ? ExitCode.JOB_FAILED : ExitCode.OK;
    }

    @Command(
            name = "offboard",
            mixinStandardHelpOptions = true,
            description =
                    "Shows what goes with a team's place; with --confirm, and what was shown before, takes it away.")
    int offboard(
            @Parameters(paramLabel = "TEAM") String team,
            @Option(names = "--confirm", paramLabel = "CONFIRMATION") @Nullable String confirmation) {
        TeamFarewell farewell = confirmation == null
                ? client().operations().farewell(team)
                : client().operations().offboard(team, confirmation);
        if (!forPeople()) {
            Print.one(screen(), farewell);
            return ExitCode.OK;
        }
        farewell.deleted().forEach(object -> screen().print("delete   " + Text.plain(object)));
        farewell.released().forEach(object -> screen().print("release  " + Text.plain(object)));
        farewell.kept().forEach(object -> screen().print("keep     " + Text.plain(object)));
        screen().print(
                        confirmation == null
                                ? "Nothing was changed. Do it: muster teams offboard %s --confirm %s"
                                        .formatted(team, farewell.confirmation())
                                : "Done.");
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a team, as it can be applied.")
    int show(@Parameters(paramLabel = "TEAM") String name) {
        return declared().show(screen(), name);
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a team without jobs; its place in the cluster is for 'offboard'.")
    int delete(@Parameters(paramLabel = "TEAM") String name) {
        return declared().delete(screen(), name);
    }

    private Declared<Team> declared() {
        return new Declared<>("team", client().teams(), Team::metadata);
    }

    private String jobs(Map<String, Integer> byState) {
        return States.ALL.stream()
                .filter(state -> byState.getOrDefault(state, 0) > 0)
                .map(state -> byState.get(state) + " " + screen().state(state))
                .collect(Collectors.joining("  "));
    }
}
