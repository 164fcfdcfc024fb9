package dev.muster.admission;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a team may and gets. {@code queues} are the leaves where it may wait now, {@code classes} the priority classes that it
 * may name, {@code roles} what is added to pods of a role ({@link #EVERY_ROLE} for all), {@code rush} what of the classes is used up.
 */
public record TeamRules(
        TeamName name,
        @Nullable QueueName queue,
        PriorityClassName priorityClass,
        SortedSet<QueueName> queues,
        SortedSet<PriorityClassName> classes,
        Map<String, RoleDefaults> roles,
        RushRules rush) {
    public static final String EVERY_ROLE = "*";

    public TeamRules {
        queues = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(queues));
        classes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(classes));
        roles = Map.copyOf(roles);
    }

    /** One whose rush is not counted. */
    public TeamRules(
            TeamName name,
            @Nullable QueueName queue,
            PriorityClassName priorityClass,
            SortedSet<QueueName> queues,
            SortedSet<PriorityClassName> classes,
            Map<String, RoleDefaults> roles) {
        this(name, queue, priorityClass, queues, classes, roles, RushRules.NONE);
    }

    /** The affinity must hold as well, the tolerations are added. */
    public record RoleDefaults(NodeAffinity affinity, List<Toleration> tolerations) {
        public RoleDefaults {
            tolerations = List.copyOf(tolerations);
        }
    }
}
