package dev.muster.web;

import dev.muster.api.TeamSpec;
import dev.muster.api.TeamStatus;
import dev.muster.job.JobState;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Place;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.team.RushAllowance;
import dev.muster.team.Team;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A team, from the wire and back. */
final class TeamWords {
    /** As the policy's own. */
    private static final int MOST_BUDGET = 1_000_000_000;

    private TeamWords() {}

    static Team read(Place place, dev.muster.api.Team sent, TeamName name) {
        Named.check(place, sent.kind(), dev.muster.api.Team.KIND, sent.metadata(), name.value());
        TeamSpec spec = Objects.requireNonNullElseGet(
                sent.spec(), () -> new TeamSpec(null, null, null, null, null, null, null, null));
        Place at = place.at("spec");
        if (name.value().equals("-")) {
            place.at("metadata").at("name").bad(name, "a name; '-' stands for all teams");
        }
        String namespace = Objects.requireNonNullElse(spec.namespace(), name.value());
        if (!Names.isLabel(namespace)) {
            at.at("namespace").bad(namespace, "a namespace: 1 to 63 characters of a-z, 0-9 and '-'");
        }
        if (spec.serviceAccount() != null) {
            KubernetesWords.requireSubdomain(at.at("serviceAccount"), spec.serviceAccount());
        }
        return new Team(
                name,
                namespace,
                members(at.at("members"), spec.members()),
                at.at("queue").read(spec.queue(), QueueName::new),
                at.at("priorityClass").read(spec.priorityClass(), PriorityClassName::new),
                spec.serviceAccount(),
                secrets(at.at("secrets"), spec.secrets()),
                roles(at.at("roles"), spec.roles()),
                classes(at.at("priorityClasses"), spec.priorityClasses()),
                budget(at.at("onDemandBudget"), spec.onDemandBudget()),
                rush(at.at("rush"), spec.rush()),
                budget(at.at("sessionsPerPerson"), spec.sessionsPerPerson()));
    }

    static dev.muster.api.Team view(
            Versioned<Team> versioned,
            @Nullable Map<JobState, Long> jobs,
            TeamStatus.@Nullable OnDemand onDemand,
            TeamStatus.@Nullable RushLeft rush) {
        Team team = versioned.value();
        Map<String, TeamSpec.RoleDefaults> roles = new TreeMap<>();
        team.roles()
                .forEach((role, defaults) -> roles.put(
                        role,
                        new TeamSpec.RoleDefaults(
                                PodView.affinity(PodView.asked(defaults.affinity())),
                                PodView.some(PodView.tolerations(defaults.tolerations())),
                                PodView.spot(defaults.affinity()))));
        return new dev.muster.api.Team(
                dev.muster.api.Team.KIND,
                Named.metadata(team.name().value(), versioned),
                new TeamSpec(
                        team.namespace(),
                        PodView.some(team.members()),
                        team.queue() == null ? null : team.queue().value(),
                        team.priorityClass() == null
                                ? null
                                : team.priorityClass().value(),
                        team.serviceAccount(),
                        PodView.some(team.secrets().stream().sorted().toList()),
                        PodView.some(roles),
                        PodView.some(Stream.ofNullable(team.priorityClasses())
                                .flatMap(Set::stream)
                                .map(PriorityClassName::value)
                                .sorted()
                                .toList()),
                        team.onDemandBudget(),
                        rush(team.rush()),
                        team.sessionsPerPerson()),
                jobs == null ? null : new TeamStatus(counts(jobs), onDemand, rush));
    }

    private static @Nullable RushAllowance rush(Place place, TeamSpec.@Nullable Rush sent) {
        return sent == null
                ? null
                : new RushAllowance(
                        budget(place.at("perDay"), sent.perDay()),
                        budget(place.at("perWeek"), sent.perWeek()),
                        budget(place.at("perPersonPerDay"), sent.perPersonPerDay()),
                        budget(place.at("perPersonPerWeek"), sent.perPersonPerWeek()));
    }

    private static TeamSpec.@Nullable Rush rush(@Nullable RushAllowance kept) {
        return kept == null
                ? null
                : new TeamSpec.Rush(kept.perDay(), kept.perWeek(), kept.perPersonPerDay(), kept.perPersonPerWeek());
    }

    private static @Nullable Integer budget(Place place, @Nullable Integer sent) {
        return sent == null || place.between(sent, 0, MOST_BUDGET) ? sent : null;
    }

    private static Map<String, Integer> counts(Map<JobState, Long> jobs) {
        return jobs.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().name(),
                        entry -> Math.toIntExact(entry.getValue()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static List<String> members(Place place, @Nullable List<String> sent) {
        List<String> members = place.bounded(sent, Limits.MEMBERS);
        for (int i = 0; i < members.size(); i++) {
            String member = members.get(i);
            if (member.isBlank() || member.length() > 254 || member.chars().anyMatch(Character::isISOControl)) {
                place.at(i).bad(member, "a user's name, at most 254 characters");
            }
        }
        return members;
    }

    private static Set<String> secrets(Place place, @Nullable List<String> sent) {
        List<String> secrets = place.bounded(sent, Limits.MEMBERS);
        for (int i = 0; i < secrets.size(); i++) {
            KubernetesWords.requireSubdomain(place.at(i), secrets.get(i));
        }
        return new LinkedHashSet<>(secrets);
    }

    private static Set<PriorityClassName> classes(Place place, @Nullable List<String> sent) {
        List<String> names = place.bounded(sent, Limits.MEMBERS);
        Set<PriorityClassName> classes = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            PriorityClassName read = place.at(i).read(names.get(i), PriorityClassName::new);
            if (read != null) {
                classes.add(read);
            }
        }
        return classes;
    }

    private static Map<String, Team.RoleDefaults> roles(
            Place place, @Nullable Map<String, TeamSpec.RoleDefaults> sent) {
        Map<String, Team.RoleDefaults> roles = new TreeMap<>();
        place.bounded(sent, Limits.ROLE_DEFAULTS).forEach((role, defaults) -> {
            Place at = place.at(role);
            if (!role.equals(Team.EVERY_ROLE)) {
                at.read(role, RoleName::new);
            }
            roles.put(
                    role,
                    new Team.RoleDefaults(
                            AffinityReader.affinity(at, defaults.nodeAffinity(), defaults.spot()),
                            AffinityReader.tolerations(at.at("tolerations"), defaults.tolerations())));
        });
        return roles;
    }
}
