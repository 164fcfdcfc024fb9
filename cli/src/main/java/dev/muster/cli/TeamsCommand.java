package dev.muster.cli;

import dev.muster.api.Team;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The teams and their jobs by state. */
@Command(
        name = "teams",
        description = "Shows the teams, their defaults and their jobs by state.",
        footer = "  muster teams")
final class TeamsCommand extends Verb {
    @Override
    public Integer call() {
        List<Team> teams = client().teams().all();
        if (!forPeople()) {
            Print.all(screen(), teams);
            return ExitCode.OK;
        }
        if (teams.isEmpty()) {
            screen().note("There is no team yet. Make one: muster apply -f examples/team.yaml");
            return ExitCode.OK;
        }
        Table table = new Table("TEAM", "NAMESPACE", "QUEUE", "PRIORITY", "JOBS");
        for (Team team : teams) {
            table.row(
                    team.metadata().name(),
                    Objects.requireNonNullElse(team.spec().namespace(), ""),
                    Objects.requireNonNullElse(team.spec().queue(), ""),
                    Objects.requireNonNullElse(team.spec().priorityClass(), ""),
                    jobs(team.status() == null ? Map.of() : team.status().jobsByState()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    private String jobs(Map<String, Integer> byState) {
        return States.ALL.stream()
                .filter(state -> byState.getOrDefault(state, 0) > 0)
                .map(state -> byState.get(state) + " " + screen().state(state))
                .collect(Collectors.joining("  "));
    }
}
