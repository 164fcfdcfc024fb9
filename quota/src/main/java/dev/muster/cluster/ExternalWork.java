package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an object that was created past Muster asks for. {@code evictable}: its pods may be ended to make room, because it makes
 * them again. {@code manifest}: the object as JSON, where its roles say only where pods may run and the rest has to be worked out of it. {@code team}: whose it is, where its
 * namespace is a hub's. {@code run}: what its application is called elsewhere, where one runs.
 */
public record ExternalWork(
        ExternalRef ref,
        String submittedBy,
        QueueName queue,
        PriorityClassName priorityClass,
        List<Role> roles,
        boolean evictable,
        Phase phase,
        @Nullable String manifest,
        @Nullable TeamName team,
        @Nullable Run run) {
    public ExternalWork {
        roles = List.copyOf(roles);
    }

    /** Whose roles are told by its pods' templates. */
    public ExternalWork(
            ExternalRef ref,
            String submittedBy,
            QueueName queue,
            PriorityClassName priorityClass,
            List<Role> roles,
            boolean evictable,
            Phase phase) {
        this(ref, submittedBy, queue, priorityClass, roles, evictable, phase, null);
    }

    /** Of the team whose namespace it is in. */
    public ExternalWork(
            ExternalRef ref,
            String submittedBy,
            QueueName queue,
            PriorityClassName priorityClass,
            List<Role> roles,
            boolean evictable,
            Phase phase,
            @Nullable String manifest) {
        this(ref, submittedBy, queue, priorityClass, roles, evictable, phase, manifest, null, null);
    }

    /** The same, of a team that it names because its namespace is none's. */
    public ExternalWork of(@Nullable TeamName named) {
        return new ExternalWork(ref, submittedBy, queue, priorityClass, roles, evictable, phase, manifest, named, run);
    }

    /** The same while that runs. */
    public ExternalWork running(@Nullable Run known) {
        return new ExternalWork(ref, submittedBy, queue, priorityClass, roles, evictable, phase, manifest, team, known);
    }

    /** HELD: all of the gang waits for a launch; PARTIAL: some of it is still missing; LAUNCHED; ENDED: by itself. */
    public enum Phase {
        HELD,
        PARTIAL,
        LAUNCHED,
        ENDED
    }

    /** By which name others know what an attempt runs, as a history server of Spark knows an application. */
    public record Run(AttemptId attempt, String application) {}

    /** {@code pods} equal pods, all of which belong to the gang. */
    public record Role(RoleName name, int pods, PodTemplate template) {}
}
