package dev.muster.cli;

import dev.muster.api.Team;
import dev.muster.api.client.MusterClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which team a job belongs to where the file or the command line does not say. */
final class Teams {
    private Teams() {}

    private static final String USUAL = "default";

    /** {@code said}, else MUSTER_TEAM, else the only team that there is, else the one named {@code default}. */
    static String of(@Nullable String said, Map<String, String> environment, MusterClient client) {
        if (said != null && !said.isBlank()) {
            return said;
        }
        String told = environment.getOrDefault("MUSTER_TEAM", "");
        if (!told.isBlank()) {
            return told;
        }
        List<Team> teams = client.teams().all();
        if (teams.size() == 1) {
            return teams.get(0).metadata().name();
        }
        if (teams.stream().anyMatch(team -> team.metadata().name().equals(USUAL))) {
            return USUAL;
        }
        if (teams.isEmpty()) {
            throw new BadInput("There is no team yet", "Make one: muster apply -f examples/team.yaml");
        }
        String names =
                teams.stream().map(team -> team.metadata().name()).limit(10).collect(Collectors.joining(", "));
        throw new BadInput(
                "Which team? There are %d: %s".formatted(teams.size(), names),
                "Say --team NAME, or set MUSTER_TEAM, or write metadata.team into the job.");
    }
}
