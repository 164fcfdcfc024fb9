package dev.muster.team;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A team and what its jobs get where they say nothing. {@code roles} holds defaults per role name, {@link #EVERY_ROLE} for
 * every role; {@code secrets} are the names that its jobs may use, {@code priorityClasses} the classes that they may have, empty
 * for every class. {@code onDemandBudget}: what it may spend on nodes that are not spot for roles with {@code spot: first}, null for what the
 * policy allows to each. {@code rush}: how many jobs that may evict others, null for any number. {@code sessionsPerPerson}: how many
 * sessions each of its people may have at a time, null for any number.
 */
public record Team(
        TeamName name,
        String namespace,
        List<String> members,
        @Nullable QueueName queue,
        @Nullable PriorityClassName priorityClass,
        @Nullable String serviceAccount,
        Set<String> secrets,
        Map<String, RoleDefaults> roles,
        @Nullable Set<PriorityClassName> priorityClasses,
        @Nullable Integer onDemandBudget,
        @Nullable RushAllowance rush,
        @Nullable Integer sessionsPerPerson) {
    /** The key of the defaults for every role. */
    public static final String EVERY_ROLE = "*";

    /** One that may spend on nodes that are not spot what the policy allows to each. */
    public Team(
            TeamName name,
            String namespace,
            List<String> members,
            @Nullable QueueName queue,
            @Nullable PriorityClassName priorityClass,
            @Nullable String serviceAccount,
            Set<String> secrets,
            Map<String, RoleDefaults> roles,
            @Nullable Set<PriorityClassName> priorityClasses) {
        this(name, namespace, members, queue, priorityClass, serviceAccount, secrets, roles, priorityClasses, null);
    }

    /** One whose rush is not counted. */
    public Team(
            TeamName name,
            String namespace,
            List<String> members,
            @Nullable QueueName queue,
            @Nullable PriorityClassName priorityClass,
            @Nullable String serviceAccount,
            Set<String> secrets,
            Map<String, RoleDefaults> roles,
            @Nullable Set<PriorityClassName> priorityClasses,
            @Nullable Integer onDemandBudget) {
        this(
                name,
                namespace,
                members,
                queue,
                priorityClass,
                serviceAccount,
                secrets,
                roles,
                priorityClasses,
                onDemandBudget,
                null,
                null);
    }

    public Team {
        members = List.copyOf(members);
        secrets = Set.copyOf(secrets);
        roles = Map.copyOf(roles);
        // Teams that were written before there was such a right have all.
        priorityClasses = priorityClasses == null ? Set.of() : Set.copyOf(priorityClasses);
    }

    public boolean mayHave(PriorityClassName name) {
        return priorityClasses == null || priorityClasses.isEmpty() || priorityClasses.contains(name);
    }

    /** Merged into the role: the affinity must hold as well, the tolerations are added. */
    public record RoleDefaults(NodeAffinity affinity, List<Toleration> tolerations) {
        public RoleDefaults {
            tolerations = List.copyOf(tolerations);
        }
    }
}
