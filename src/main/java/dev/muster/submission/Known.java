package dev.muster.submission;

import dev.muster.postgres.CatalogueStamp;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Teams, priority classes and queues as the requests of the last moments have read them. Each request asks for the stamp of the
 * catalogue, one round trip instead of many, and reads anew where it is another one.
 */
@ApplicationScoped
class Known {
    private final CatalogueStamp stamps;
    private final QueueStore tree;
    private final TeamStore teams;
    private final PriorityClassStore priorityClasses;
    private final Queues queues;
    private volatile At last = new At("", Map.of(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    Known(CatalogueStamp stamps, QueueStore tree, TeamStore teams, PriorityClassStore priorityClasses, Queues queues) {
        this.stamps = stamps;
        this.tree = tree;
        this.teams = teams;
        this.priorityClasses = priorityClasses;
        this.queues = queues;
    }

    private record At(
            String stamp,
            Map<PriorityClassName, PriorityClass> classes,
            ConcurrentMap<TeamName, Team> teams,
            ConcurrentMap<QueueName, Queues.Look> looks) {}

    /** What holds until the end of the current transaction: the queue tree is held from here on. */
    View hold() {
        tree.hold();
        String stamp = stamps.read();
        At present = last;
        if (!present.stamp().equals(stamp)) {
            Map<PriorityClassName, PriorityClass> classes = priorityClasses.all().stream()
                    .map(Versioned::value)
                    .collect(Collectors.toMap(PriorityClass::name, one -> one));
            present = new At(stamp, classes, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            last = present;
        }
        return new View(present);
    }

    /** The catalogue at one stamp. What is not there is looked for every time. */
    final class View {
        private final At at;

        private View(At at) {
            this.at = at;
        }

        String stamp() {
            return at.stamp();
        }

        Map<PriorityClassName, PriorityClass> classes() {
            return at.classes();
        }

        Optional<Team> team(TeamName name) {
            return Optional.ofNullable(at.teams()
                    .computeIfAbsent(
                            name, n -> teams.find(n).map(Versioned::value).orElse(null)));
        }

        Optional<Queues.Look> queue(QueueName name) {
            return Optional.ofNullable(
                    at.looks().computeIfAbsent(name, n -> queues.look(n).orElse(null)));
        }
    }
}
