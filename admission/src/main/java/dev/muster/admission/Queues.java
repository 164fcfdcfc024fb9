package dev.muster.admission;

import dev.muster.quota.name.QueueName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which queue an object waits in: the one that it names, or its team's; whether it may. */
final class Queues {
    private static final String HOW = "Set the label %s to one of %s";

    private Queues() {}

    /** Empty with a refusal where there is none. {@code asked} is the first that is named, null for none. */
    static Optional<QueueName> queue(Draft draft, @Nullable String asked) {
        TeamRules team = draft.team();
        String how = HOW.formatted(Marks.QUEUE, Shown.list(team.queues()));
        if (asked == null) {
            if (team.queue() == null) {
                draft.wrong("names no queue and team '%s' has no default".formatted(team.name()), how);
                return Optional.empty();
            }
            return check(draft, team.queue(), how);
        }
        try {
            return check(draft, new QueueName(asked), how);
        } catch (IllegalArgumentException e) {
            draft.wrong("names the queue '%s', which is no name of a queue".formatted(Shown.of(asked)), how);
            return Optional.empty();
        }
    }

    private static Optional<QueueName> check(Draft draft, QueueName queue, String how) {
        TeamRules team = draft.team();
        if (team.queues().contains(queue)) {
            return Optional.of(queue);
        }
        Catalogue.QueueRules rules = draft.catalogue().queues().get(queue);
        if (rules == null) {
            draft.wrong("names the queue '%s', which there is not".formatted(queue), how);
        } else if (!rules.leaf()) {
            draft.wrong("names the queue '%s', which has queues below it: jobs wait in leaves".formatted(queue), how);
        } else if (rules.team() != null && !rules.team().equals(team.name())) {
            draft.forbid(
                    "names the queue '%s', which is for team '%s' only; this namespace is team '%s'"
                            .formatted(queue, rules.team(), team.name()),
                    how);
        } else {
            draft.wrong("names the queue '%s', which takes no new jobs now".formatted(queue), how + ", or wait");
        }
        return Optional.empty();
    }
}
