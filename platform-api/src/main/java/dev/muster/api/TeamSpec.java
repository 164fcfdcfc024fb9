package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A team's defaults and rights; no {@code priorityClasses}: its jobs may have every class. {@code roles} holds node affinity and tolerations per role name ("*" is every role). {@code onDemandBudget}: instead of the policy's. {@code sessionsPerPerson}: at a time. */
public record TeamSpec(
        @Nullable String namespace,
        @Nullable List<String> members,
        @Nullable String queue,
        @Nullable String priorityClass,
        @Nullable String serviceAccount,
        @Nullable List<String> secrets,
        @Nullable Map<String, RoleDefaults> roles,
        @Nullable List<String> priorityClasses,
        @Nullable Integer onDemandBudget,
        @Nullable Rush rush,
        @Nullable Integer sessionsPerPerson) {
    /** One that may spend on nodes that are not spot what the policy allows to each. */
    public TeamSpec(
            @Nullable String namespace,
            @Nullable List<String> members,
            @Nullable String queue,
            @Nullable String priorityClass,
            @Nullable String serviceAccount,
            @Nullable List<String> secrets,
            @Nullable Map<String, RoleDefaults> roles,
            @Nullable List<String> priorityClasses) {
        this(
                namespace,
                members,
                queue,
                priorityClass,
                serviceAccount,
                secrets,
                roles,
                priorityClasses,
                null,
                null,
                null);
    }

    /**
     * How many jobs of a class that may evict others the team, and each of its people, may submit within 24 hours and within seven
     * days; what is not said is not counted.
     */
    public record Rush(
            @Nullable Integer perDay,
            @Nullable Integer perWeek,
            @Nullable Integer perPersonPerDay,
            @Nullable Integer perPersonPerWeek) {}

    /** Merged into every role of that name; {@code spot} as of a role. */
    public record RoleDefaults(
            @Nullable NodeAffinitySpec nodeAffinity,
            @Nullable List<TolerationSpec> tolerations,
            @Nullable String spot) {}
}
