package dev.muster.cluster;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import java.util.List;

/**
 * What an object that was created past Muster asks for. {@code evictable}: its pods may be ended to make room, because it makes
 * them again.
 */
public record ExternalWork(
        ExternalRef ref,
        String submittedBy,
        QueueName queue,
        PriorityClassName priorityClass,
        List<Role> roles,
        boolean evictable,
        Phase phase) {
    public ExternalWork {
        roles = List.copyOf(roles);
    }

    /** HELD: all of the gang waits for a launch; PARTIAL: some of it is still missing; LAUNCHED; ENDED: by itself. */
    public enum Phase {
        HELD,
        PARTIAL,
        LAUNCHED,
        ENDED
    }

    /** {@code pods} equal pods, all of which belong to the gang. */
    public record Role(RoleName name, int pods, PodTemplate template) {}
}
