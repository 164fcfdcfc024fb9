package dev.muster.access;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Held;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import dev.muster.rights.Sight;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of {@link DutyTable} for what somebody holds. Pure: who holds what was found out before. */
final class May {
    private static final Set<Verb> LOOK = Set.of(Verb.LIST, Verb.READ);

    /** What says how much a queue has. */
    private static final Set<Resource.Kind> SHARES = Set.of(Resource.Kind.QUEUE, Resource.Kind.QUOTA_REQUEST);

    private May() {}

    static boolean may(Rights rights, Verb verb, Resource resource) {
        if (!leaves(rights.narrowing(), verb, resource.kind())) {
            return false;
        }
        for (Held held : rights.held()) {
            if (allows(held, verb, resource)) {
                return true;
            }
        }
        return false;
    }

    /** True where there may be such a thing that the verb is allowed with: which ones is for {@link #sight}. */
    static boolean maySomewhere(Rights rights, Verb verb, Resource.Kind kind) {
        return leaves(rights.narrowing(), verb, kind)
                && rights.held().stream().anyMatch(held -> switch (DutyTable.reach(held.duty(), verb, kind)) {
                    case NO -> false;
                    case EVERYWHERE -> held.isEverywhere();
                    case WITHIN, ANYWHERE -> true;
                });
    }

    /** The things of a kind that somebody may do the verb with; null: all of them. */
    static @Nullable Sight sight(Rights rights, Verb verb, Resource.Kind kind) {
        Set<TeamName> teams = new HashSet<>();
        Set<QueueName> queues = new HashSet<>();
        if (leaves(rights.narrowing(), verb, kind)) {
            for (Held held : rights.held()) {
                DutyTable.Reach reach = DutyTable.reach(held.duty(), verb, kind);
                if (reach == DutyTable.Reach.ANYWHERE || (reach != DutyTable.Reach.NO && held.isEverywhere())) {
                    return null;
                }
                if (reach == DutyTable.Reach.WITHIN) {
                    TeamName team = held.scope().team();
                    if (team != null) {
                        teams.add(team);
                    }
                    if (team == null || kind == Resource.Kind.QUEUE) {
                        queues.addAll(held.queues());
                    }
                }
            }
        }
        return new Sight(teams, queues);
    }

    private static boolean allows(Held held, Verb verb, Resource resource) {
        return switch (DutyTable.reach(held.duty(), verb, resource.kind())) {
            case NO -> false;
            case EVERYWHERE -> held.isEverywhere();
            case WITHIN -> held.isEverywhere() || isWithin(held, verb, resource);
            case ANYWHERE -> true;
        };
    }

    private static boolean isWithin(Held held, Verb verb, Resource resource) {
        Scope scope = held.scope();
        TeamName team = scope.team();
        QueueName queue = resource.queue();
        if (team != null) {
            return team.value().equals(resource.team())
                    // The queue that the team's jobs wait in is not the team's, but its people may look at it.
                    || (resource.kind() == Resource.Kind.QUEUE && LOOK.contains(verb) && holds(held, queue));
        }
        boolean isItsRoot = scope.queue() != null && scope.queue().equals(queue);
        // What the whole subtree has is decided one above it.
        boolean changesTheWhole = isItsRoot && SHARES.contains(resource.kind()) && !LOOK.contains(verb);
        return holds(held, queue) && !changesTheWhole;
    }

    private static boolean holds(Held held, @Nullable QueueName queue) {
        return queue != null && held.queues().contains(queue);
    }

    private static boolean leaves(Narrowing narrowing, Verb verb, Resource.Kind kind) {
        return switch (narrowing) {
            case NONE -> true;
            case CANCEL_ONLY -> LOOK.contains(verb) || (verb == Verb.CANCEL && kind == Resource.Kind.JOB);
            case READ_ONLY -> LOOK.contains(verb);
        };
    }
}
