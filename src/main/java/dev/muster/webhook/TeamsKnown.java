package dev.muster.webhook;

import dev.muster.admission.Catalogue;
import dev.muster.admission.TeamRules;
import dev.muster.postgres.CatalogueStamp;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.queue.Queue;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTree;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Teams, queues and classes as the webhook needs them, in memory: a review never waits for the database, and is answered while it
 * is away by what was known last.
 */
@ApplicationScoped
class TeamsKnown {
    private final CatalogueStamp stamps;
    private final TeamStore teams;
    private final QueueStore queues;
    private final PriorityClassStore classes;
    private String stamp = "";
    private volatile Catalogue catalogue = Catalogue.EMPTY;

    TeamsKnown(CatalogueStamp stamps, TeamStore teams, QueueStore queues, PriorityClassStore classes) {
        this.stamps = stamps;
        this.teams = teams;
        this.queues = queues;
        this.classes = classes;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Reads what was written since; in one thread. */
    void look() {
        String now = stamps.read();
        if (!now.equals(stamp)) {
            catalogue = of(
                    teams.all().stream().map(Versioned::value).toList(),
                    queues.all().stream().map(Versioned::value).toList(),
                    classes.all().stream()
                            .map(Versioned::value)
                            .map(PriorityClass::name)
                            .toList());
            stamp = now;
        }
    }

    static Catalogue of(List<Team> teams, List<Queue> queues, List<PriorityClassName> classes) {
        Map<QueueName, Catalogue.QueueRules> rules = rules(queues);
        Map<String, TeamRules> byNamespace = new HashMap<>();
        for (Team team : teams) {
            TreeSet<QueueName> open = rules.entrySet().stream()
                    .filter(e -> e.getValue().leaf() && e.getValue().open())
                    .filter(e -> e.getValue().team() == null
                            || Objects.equals(e.getValue().team(), team.name()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            byNamespace.put(
                    team.namespace(),
                    new TeamRules(
                            team.name(),
                            team.queue(),
                            Objects.requireNonNullElse(team.priorityClass(), PriorityClasses.DEFAULT),
                            open,
                            classes.stream().filter(team::mayHave).collect(Collectors.toCollection(TreeSet::new)),
                            team.roles().entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            e -> new TeamRules.RoleDefaults(
                                                    e.getValue().affinity(),
                                                    e.getValue().tolerations())))));
        }
        return new Catalogue(byNamespace, rules);
    }

    private static Map<QueueName, Catalogue.QueueRules> rules(List<Queue> queues) {
        QueueTree tree = QueueTree.lenient(queues.stream().map(Queue::spec).toList());
        TreeSet<QueueName> parents = queues.stream()
                .map(queue -> queue.spec().parent())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        return queues.stream()
                .collect(Collectors.toMap(
                        Queue::name,
                        queue -> new Catalogue.QueueRules(
                                !parents.contains(queue.name()),
                                tree.effectiveState(queue.name()) == QueueState.OPEN,
                                queue.team())));
    }
}
