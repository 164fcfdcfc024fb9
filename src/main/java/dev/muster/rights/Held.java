package dev.muster.rights;

import dev.muster.quota.name.QueueName;
import java.util.Set;

/**
 * A duty as its holder has it now. {@code queues} is what the scope reaches in the present tree: a queue and all below it; of
 * a team the queue that its jobs go to, which its people may look at.
 */
public record Held(Duty duty, Scope scope, Set<QueueName> queues) {
    public Held {
        queues = Set.copyOf(queues);
    }

    /** For everything. */
    public static Held everywhere(Duty duty) {
        return new Held(duty, Scope.EVERYTHING, Set.of());
    }

    public boolean isEverywhere() {
        return scope.kind() == Scope.Kind.EVERYTHING;
    }
}
