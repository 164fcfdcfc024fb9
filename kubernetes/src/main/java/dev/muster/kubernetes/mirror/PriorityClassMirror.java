package dev.muster.kubernetes.mirror;

import dev.muster.quota.priority.PreemptionPolicy;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;

/** PriorityClasses of the same names: pods name them, and Volcano reads value and policy from the pod. */
final class PriorityClassMirror extends Mirror<dev.muster.quota.priority.PriorityClass, PriorityClass> {
    PriorityClassMirror(KubernetesClient client, String installation) {
        super(client, installation);
    }

    @Override
    Class<PriorityClass> kind() {
        return PriorityClass.class;
    }

    @Override
    String name(dev.muster.quota.priority.PriorityClass wanted) {
        return wanted.name().value();
    }

    @Override
    PriorityClass object(dev.muster.quota.priority.PriorityClass wanted, Map<String, String> labels) {
        return new PriorityClassBuilder()
                .withNewMetadata()
                .withName(name(wanted))
                .withLabels(labels)
                .endMetadata()
                .withValue(wanted.value())
                .withPreemptionPolicy(wanted.preemptionPolicy().word())
                .withDescription(wanted.description())
                .build();
    }

    @Override
    boolean isLike(PriorityClass wanted, PriorityClass there) {
        return Objects.equals(wanted.getValue(), there.getValue())
                && wanted.getPreemptionPolicy().equals(policy(there))
                && !Boolean.TRUE.equals(there.getGlobalDefault());
    }

    @Override
    boolean isFixed() {
        return true;
    }

    /** Kubernetes' own default, where it says nothing. */
    private static String policy(PriorityClass there) {
        return there.getPreemptionPolicy() == null
                ? PreemptionPolicy.PREEMPT_LOWER_PRIORITY.word()
                : there.getPreemptionPolicy();
    }
}
