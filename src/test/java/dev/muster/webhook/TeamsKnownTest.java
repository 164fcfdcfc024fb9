package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.admission.Catalogue;
import dev.muster.admission.TeamRules;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the webhook knows of a team is what the team may. */
class TeamsKnownTest {
    private static final List<PriorityClassName> CLASSES =
            List.of(new PriorityClassName("routine"), new PriorityClassName("rush"));

    @Test
    void a_team_without_classes_of_its_own_may_have_all() {
        assertThat(rules(Set.of()).classes()).containsExactlyElementsOf(CLASSES);
        assertThat(rules(Set.of(new PriorityClassName("routine"))).classes())
                .containsExactly(new PriorityClassName("routine"));
    }

    @Test
    void a_team_is_found_by_its_namespace() {
        Catalogue catalogue = TeamsKnown.of(List.of(team(Set.of())), List.of(), CLASSES);
        assertThat(catalogue.teams()).containsOnlyKeys("vision-jobs");
        assertThat(catalogue.queues()).isEmpty();
    }

    private static TeamRules rules(Set<PriorityClassName> classes) {
        return TeamsKnown.of(List.of(team(classes)), List.of(), CLASSES).teams().get("vision-jobs");
    }

    private static Team team(Set<PriorityClassName> classes) {
        return new Team(
                new TeamName("vision"),
                "vision-jobs",
                List.of(),
                new QueueName("all"),
                null,
                null,
                Set.of(),
                Map.of(),
                classes);
    }
}
