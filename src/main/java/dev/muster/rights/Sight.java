package dev.muster.rights;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.util.Set;

/** Which things somebody may see, or do something with: those of these teams, and those in these queues. */
public record Sight(Set<TeamName> teams, Set<QueueName> queues) {
    public Sight {
        teams = Set.copyOf(teams);
        queues = Set.copyOf(queues);
    }

    public boolean reaches(TeamName team, QueueName queue) {
        return teams.contains(team) || queues.contains(queue);
    }
}
