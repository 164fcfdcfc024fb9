package dev.muster.kubernetes;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupCondition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a PodGroup of ours. {@code started}: Volcano has bound the gang once; {@code message} is what Volcano says of a
 * gang that waits. {@code madeByLeader}: roles whose pods come after it has started; {@code madeByOperator}: those that somebody else makes once it is there; {@code queue}: in which Volcano counts it. What becomes of an attempt is never read from here.
 */
record GroupFacts(
        String namespace,
        String name,
        String uid,
        AttemptId attempt,
        GangShape shape,
        boolean started,
        String message,
        boolean going,
        Set<RoleName> madeByLeader,
        Set<RoleName> madeByOperator,
        @Nullable QueueName queue) {
    /** One whose pods no operator makes. */
    GroupFacts(
            String namespace,
            String name,
            String uid,
            AttemptId attempt,
            GangShape shape,
            boolean started,
            String message,
            boolean going,
            Set<RoleName> madeByLeader) {
        this(namespace, name, uid, attempt, shape, started, message, going, madeByLeader, Set.of(), null);
    }

    /** In these phases Volcano has bound the gang. */
    private static final Set<String> STARTED = Set.of("Running", "Unknown", "Completed");

    /** Empty where the group does not say whose it is. */
    static Optional<GroupFacts> of(PodGroup group) {
        Map<String, String> notes =
                Optional.ofNullable(group.getMetadata().getAnnotations()).orElse(Map.of());
        try {
            return Optional.of(new GroupFacts(
                    group.getMetadata().getNamespace(),
                    group.getMetadata().getName(),
                    group.getMetadata().getUid(),
                    AttemptId.parse(notes.getOrDefault(Labels.ATTEMPT, "")),
                    GangShape.parse(notes.getOrDefault(Labels.GANG, "")),
                    group.getStatus() != null
                            && STARTED.contains(String.valueOf(group.getStatus().getPhase())),
                    message(group),
                    group.getMetadata().getDeletionTimestamp() != null,
                    roles(notes.getOrDefault(Labels.MADE_BY_LEADER, "")),
                    roles(notes.getOrDefault(Labels.MADE_BY_OPERATOR, "")),
                    queue(group)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Null where it is none of ours. */
    private static @Nullable QueueName queue(PodGroup group) {
        String name = group.getSpec() == null ? null : group.getSpec().getQueue();
        return name != null && Names.isLabel(name) ? new QueueName(name) : null;
    }

    private static Set<RoleName> roles(String text) {
        return Arrays.stream(text.split(","))
                .filter(role -> !role.isEmpty())
                .map(RoleName::new)
                .collect(Collectors.toSet());
    }

    String path() {
        return "/apis/scheduling.volcano.sh/v1beta1/namespaces/" + namespace + "/podgroups/" + name;
    }

    /** The condition that holds now; a later one of another type takes its word back. */
    private static String message(PodGroup group) {
        List<PodGroupCondition> conditions =
                group.getStatus() == null ? List.of() : group.getStatus().getConditions();
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(condition -> "Unschedulable".equals(condition.getType()))
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(PodGroupCondition::getMessage)
                        .filter(message -> message != null && !message.isBlank())
                        .reduce((earlier, later) -> later)
                        .map(String::strip)
                        .orElse("");
    }
}
