package dev.muster.admission;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that the rules know of the world: teams by their namespace, and every queue with who may wait there. */
public record Catalogue(Map<String, TeamRules> teams, Map<QueueName, QueueRules> queues) {
    public static final Catalogue EMPTY = new Catalogue(Map.of(), Map.of());

    public Catalogue {
        teams = Map.copyOf(teams);
        queues = Map.copyOf(queues);
    }

    /** {@code team} null: every team's. */
    public record QueueRules(
            boolean leaf, boolean open, @Nullable TeamName team) {}

    Optional<TeamRules> team(String namespace) {
        return Optional.ofNullable(teams.get(namespace));
    }

    /** By its name. */
    Optional<TeamRules> named(String team) {
        return teams.values().stream()
                .filter(rules -> rules.name().value().equals(team))
                .findFirst();
    }
}
