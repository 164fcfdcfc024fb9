package dev.muster.admission;

import dev.muster.quota.name.PriorityClassName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which priority class an object has: the one that it names, or its team's; whether it may. */
final class Classes {
    private Classes() {}

    /** The same of an object that becomes a job of its own: refused, too, where the team has none left of a class that is counted. */
    static Optional<PriorityClassName> ofAJob(Draft draft, @Nullable String asked) {
        Optional<PriorityClassName> found = priorityClass(draft, asked);
        found.flatMap(name -> draft.team().rush().spent(name, draft.review().user()))
                .ifPresent(
                        until -> draft.forbid(
                                "asks for the priority class '%s', whose jobs may evict others, and team '%s' has none left for %s: %s"
                                        .formatted(
                                                found.orElseThrow(),
                                                draft.team().name(),
                                                Shown.of(draft.review().user()),
                                                until.equals(Instant.MAX)
                                                        ? "it may submit none"
                                                        : "the next is free at "
                                                                + until.truncatedTo(ChronoUnit.SECONDS)),
                                "Name a class that evicts nobody, such as exceptional, or ask an operator for a larger spec.rush of the team"));
        return found;
    }

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
