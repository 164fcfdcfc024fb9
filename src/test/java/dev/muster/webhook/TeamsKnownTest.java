package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.admission.Catalogue;
import dev.muster.admission.RushRules;
import dev.muster.admission.TeamRules;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushUse;
import dev.muster.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the webhook knows of a team is what the team may. */
class TeamsKnownTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final List<PriorityClass> CLASSES = PriorityClasses.STANDARD;

    @Test
    void a_team_without_classes_of_its_own_may_have_all() {
        assertThat(rules(Set.of()).classes())
                .containsExactlyInAnyOrderElementsOf(
                        CLASSES.stream().map(PriorityClass::name).toList());
        assertThat(rules(Set.of(new PriorityClassName("routine"))).classes())
                .containsExactly(new PriorityClassName("routine"));
    }

    @Test
    void a_team_is_found_by_its_namespace() {
        Catalogue catalogue = TeamsKnown.of(List.of(team(Set.of())), List.of(), CLASSES, Map.of());
        assertThat(catalogue.teams()).containsOnlyKeys("vision-jobs");
        assertThat(catalogue.queues()).isEmpty();
    }

    @Test
    void what_is_used_up_of_classes_that_evict_is_known_for_the_team_and_for_each_who_used_it() {
        List<RushUse> uses =
                List.of(new RushUse("ada", NOW.minusSeconds(60)), new RushUse("ada", NOW.minusSeconds(30)));

        RushRules ofPeople = TeamsKnown.rush(new RushAllowance(null, null, 2, null), CLASSES, uses, NOW);
        RushRules ofAll = TeamsKnown.rush(new RushAllowance(2, 9, null, null), CLASSES, uses, NOW);
        RushRules someLeft = TeamsKnown.rush(new RushAllowance(3, null, 3, null), CLASSES, uses, NOW);
        RushRules none = TeamsKnown.rush(new RushAllowance(0, null, null, null), CLASSES, uses, NOW);
        RushRules nobody = TeamsKnown.rush(new RushAllowance(null, null, null, 0), CLASSES, List.of(), NOW);

        Instant tomorrow = NOW.minusSeconds(60).plus(Duration.ofDays(1));
        assertThat(ofPeople.classes()).containsExactly(new PriorityClassName("rush"));
        assertThat(ofPeople.until()).isNull();
        assertThat(ofPeople.people()).containsExactly(Map.entry("ada", tomorrow));
        assertThat(ofAll.until()).isEqualTo(tomorrow);
        assertThat(someLeft.until()).isNull();
        assertThat(someLeft.people()).isEmpty();
        assertThat(none.until()).isEqualTo(Instant.MAX);
        assertThat(nobody.until()).isEqualTo(Instant.MAX);
    }

    private static TeamRules rules(Set<PriorityClassName> classes) {
        return TeamsKnown.of(List.of(team(classes)), List.of(), CLASSES, Map.of())
                .teams()
                .get("vision-jobs");
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
