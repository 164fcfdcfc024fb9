package dev.muster.webhook;

import dev.muster.admission.Catalogue;
import dev.muster.admission.RushRules;
import dev.muster.admission.TeamRules;
import dev.muster.postgres.CatalogueStamp;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.RushStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTree;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushLeft;
import dev.muster.team.RushUse;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Teams, queues and classes as the webhook needs them, in memory: a review never waits for the database, and is answered while it
 * is away by what was known last.
 */
@ApplicationScoped
class TeamsKnown {
    private static final RushAllowance NEVER = new RushAllowance(0, null, null, null);

    private final CatalogueStamp stamps;
    private final TeamStore teams;
    private final QueueStore queues;
    private final PriorityClassStore classes;
    private final RushStore rushes;
    private final InstantSource clock;
    private String stamp = "";
    private List<Team> known = List.of();
    private List<Queue> tree = List.of();
    private List<PriorityClass> named = List.of();
    private Map<TeamName, RushRules> used = Map.of();
    private volatile Catalogue catalogue = Catalogue.EMPTY;

    TeamsKnown(
            CatalogueStamp stamps,
            TeamStore teams,
            QueueStore queues,
            PriorityClassStore classes,
            RushStore rushes,
            InstantSource clock) {
        this.rushes = rushes;
        this.clock = clock;
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
        String read = stamps.read();
        boolean isNew = !read.equals(stamp);
        if (isNew) {
            known = teams.all().stream().map(Versioned::value).toList();
            tree = queues.all().stream().map(Versioned::value).toList();
            named = classes.all().stream().map(Versioned::value).toList();
        }
        Map<TeamName, RushRules> nowUsed = used();
        if (isNew || !nowUsed.equals(used)) {
            catalogue = of(known, tree, named, nowUsed);
            used = nowUsed;
            stamp = read;
        }
    }

    /** Of the teams whose rush is counted, and that have used some. */
    private Map<TeamName, RushRules> used() {
        Instant now = clock.instant();
        return known.stream()
                .filter(team -> team.rush() != null)
                .collect(Collectors.toMap(
                        Team::name,
                        team -> rush(Objects.requireNonNull(team.rush()), named, rushes.uses(team.name(), now), now)));
    }

    static RushRules rush(RushAllowance allowance, List<PriorityClass> classes, List<RushUse> uses, Instant now) {
        RushAllowance ofAll = new RushAllowance(allowance.perDay(), allowance.perWeek(), null, null);
        Map<String, Instant> people = new HashMap<>();
        uses.stream().map(RushUse::actor).distinct().forEach(person -> {
            Instant next = next(allowance, uses, person, now);
            if (next != null) {
                people.put(person, next);
            }
        });
        return new RushRules(
                classes.stream()
                        .filter(each -> each.preemptionPolicy() == PreemptionPolicy.PREEMPT_LOWER_PRIORITY)
                        .map(PriorityClass::name)
                        .collect(Collectors.toSet()),
                next(nobodys(allowance) ? NEVER : ofAll, uses, "", now),
                people);
    }

    /** True where no single person may submit any. */
    private static boolean nobodys(RushAllowance allowance) {
        return Objects.equals(allowance.perPersonPerDay(), 0) || Objects.equals(allowance.perPersonPerWeek(), 0);
    }

    /** Null: now. */
    private static @Nullable Instant next(RushAllowance allowance, List<RushUse> uses, String person, Instant now) {
        RushLeft left = RushLeft.of(allowance, uses, person, 1, now);
        return left.isEnough(1) ? null : Objects.requireNonNullElse(left.nextAt(), Instant.MAX);
    }

    static Catalogue of(
            List<Team> teams, List<Queue> queues, List<PriorityClass> classes, Map<TeamName, RushRules> rush) {
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
                            classes.stream()
                                    .map(PriorityClass::name)
                                    .filter(team::mayHave)
                                    .collect(Collectors.toCollection(TreeSet::new)),
                            team.roles().entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            e -> new TeamRules.RoleDefaults(
                                                    e.getValue().affinity(),
                                                    e.getValue().tolerations()))),
                            rush.getOrDefault(team.name(), RushRules.NONE)));
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
