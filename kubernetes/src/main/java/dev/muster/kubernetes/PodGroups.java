package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.util.stream.Collectors;

/**
 * The PodGroup of a gang. It names every role's number: with {@code minMember} alone Volcano starts any pods of that number. It
 * has no {@code minResources}: those are compared with what the cluster has now and would keep a gang out that fits.
 */
final class PodGroups {
    private PodGroups() {}

    static PodGroup of(Gang gang, ObjectMeta metadata) {
        return new PodGroupBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withQueue(gang.queue().value())
                .withPriorityClassName(gang.priorityClass().value())
                .withMinMember(gang.pods())
                .withMinTaskMember(gang.members().stream()
                        .collect(Collectors.toMap(member -> member.role().value(), Gang.Member::pods)))
                .endSpec()
                .build();
    }
}
