package dev.muster.admission;

import dev.muster.quota.name.PriorityClassName;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which priority class an object has: the one that it names, or its team's; whether it may. */
final class Classes {
    private Classes() {}

    /** Empty with a refusal where the team may not name it. */
    static Optional<PriorityClassName> priorityClass(Draft draft, @Nullable String asked) {
        TeamRules team = draft.team();
        String named = Objects.requireNonNullElse(asked, team.priorityClass().value());
        Optional<PriorityClassName> found = team.classes().stream()
                .filter(name -> name.value().equals(named))
                .findFirst();
        if (found.isEmpty()) {
            draft.forbid(
                    "asks for the priority class '%s', which team '%s' may not name"
                            .formatted(Shown.of(named), team.name()),
                    "Set priorityClassName to one of %s, or leave it out; an admin adds classes to spec.priorityClasses of the team"
                            .formatted(Shown.list(team.classes())));
        }
        return found;
    }
}
