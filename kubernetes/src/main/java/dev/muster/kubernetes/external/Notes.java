package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/** What is written on objects at their launch, and how it is read. */
final class Notes {
    static final String INSTALLATION = "muster.dev/installation";

    /** Annotation: where the gang was promised room, see {@link Placement}. */
    static final String PLACEMENT = "muster.dev/placement";

    /** Annotation of a pod that Volcano reads: which of the group's tasks it is, for {@code minTaskMember}. */
    static final String TASK = "volcano.sh/task-spec";

    /** Annotation of a bare pod: which pod of its gang it is, {@code role/index}. */
    static final String SLOT = "muster.dev/slot";

    /** Annotation of a PodGroup that Muster has made, and may remove. */
    static final String MADE = "muster.dev/made";

    /** Annotation of a PodGroup: the oldest pod of the gang that was launched, by its uid. */
    static final String FIRST = "muster.dev/first-pod";

    /** Annotation of a Volcano Job whose pods are on their way out: the attempt. */
    static final String LEAVING = "muster.dev/leaving";

    /** Annotation of a Job: the required terms of node affinity that it came with, as JSON; those it has name pools, too. */
    static final String NODES = "muster.dev/asked-nodes";

    private Notes() {}

    static Optional<String> label(HasMetadata object, String key) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(key));
    }

    static Optional<String> annotation(HasMetadata object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(key));
    }

    static boolean isGoing(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean isGated(Pod pod) {
        return pod.getSpec().getSchedulingGates() != null
                && pod.getSpec().getSchedulingGates().stream().anyMatch(gate -> Marks.GATE.equals(gate.getName()));
    }

    static boolean isEnded(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
