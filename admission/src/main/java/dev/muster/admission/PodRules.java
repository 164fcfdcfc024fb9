package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bare pods, and those of owners that are not held themselves: gated until their whole gang is launched. */
final class PodRules {
    static final String DEFAULT_ROLE = "worker";
    private static final String NODE = "system:node:";
    private static final String TASK_SPEC = "volcano.sh/task-spec";

    private PodRules() {}

    /** Pods of an owner that was looked at, of every node, and of the nodes themselves. */
    static boolean passes(Review review, Callers callers) {
        if (review.user().startsWith(NODE)) {
            return true;
        }
        if (!callers.isController(review.user())) {
            return false;
        }
        return switch (owner(review.object()).orElse("")) {
            case "apps/DaemonSet" -> true;
            case "batch/Job" -> Draft.label(review.object(), Marks.ATTEMPT) != null;
            case "batch.volcano.sh/Job" -> PodShape.isGated(review.object().path("spec"));
            default -> false;
        };
    }

    static void mutate(Draft draft) {
        ObjectNode pod = draft.object();
        draft.refuseReserved(pod, "the ");
        String role = role(pod);
        if (Draft.label(pod, Marks.EXECUTOR_OF) != null) {
            executor(draft, pod, role);
            return;
        }
        if (Draft.label(pod, Marks.APPLICATION) != null) {
            ofApplication(draft, pod, role);
            return;
        }
        Optional<QueueName> queue = Queues.queue(draft, asked(pod));
        Optional<PriorityClassName> priority =
                Classes.ofAJob(draft, Draft.text(pod.path("spec").get("priorityClassName")));
        PodShape.shape(draft, pod, queue, priority, role);
        queue.ifPresent(name -> Draft.annotations(pod).put(Marks.VOLCANO_QUEUE, name.value()));
        Gangs.group(draft);
        evictable(draft);
        Draft.labels(pod).put(Marks.ROLE, role);
        ObjectNode annotations = Draft.annotations(pod);
        if (!annotations.has(TASK_SPEC)) {
            annotations.put(TASK_SPEC, role);
        }
        annotations.put(Marks.SUBMITTED_BY, draft.review().user());
        PodShape.gate(Draft.at(pod, "spec"));
    }

    /**
     * A pod for an attempt of a job that Muster launched: no job of its own. It is held; Muster takes it in where that attempt is the
     * team's, lives, and has a place for it. Its PodGroup is the attempt's, so that nobody else's holds it.
     */
    private static void executor(Draft draft, ObjectNode pod, String role) {
        String attempt = Draft.label(pod, Marks.EXECUTOR_OF);
        String group = Draft.annotation(pod, Marks.GROUP_NAME);
        if (group != null && !group.equals(attempt)) {
            draft.wrong(
                    "is for the attempt '%s' and of the PodGroup '%s'".formatted(Shown.of(attempt), Shown.of(group)),
                    "Leave the annotation %s out".formatted(Marks.GROUP_NAME));
            return;
        }
        for (String own : List.of(Marks.GANG_NAME, Marks.GANG_SIZE)) {
            if (Draft.annotation(pod, own) != null) {
                draft.wrong(
                        "is for the attempt '%s' and has the annotation %s".formatted(Shown.of(attempt), own),
                        "Leave one of them out");
                return;
            }
        }
        Optional<PriorityClassName> priority =
                Classes.priorityClass(draft, Draft.text(pod.path("spec").get("priorityClassName")));
        PodShape.shape(draft, pod, Optional.empty(), priority, role);
        // The queue is the attempt's; with the label it would be looked at as a job of its own.
        Draft.labels(pod).remove(Marks.QUEUE);
        Draft.labels(pod).put(Marks.ROLE, role);
        ObjectNode annotations = Draft.annotations(pod);
        annotations.put(Marks.GROUP_NAME, attempt);
        if (!annotations.has(TASK_SPEC)) {
            annotations.put(TASK_SPEC, role);
        }
        annotations.put(Marks.SUBMITTED_BY, draft.review().user());
        PodShape.gate(Draft.at(pod, "spec"));
    }

    /**
     * A driver or an executor of an application that is held by itself: no job of its own. Which attempt it is for Muster writes when
     * it sees it; until then, and where there is none, it stays behind its gate.
     */
    private static void ofApplication(Draft draft, ObjectNode pod, String role) {
        Optional<PriorityClassName> priority =
                Classes.priorityClass(draft, Draft.text(pod.path("spec").get("priorityClassName")));
        PodShape.shape(draft, pod, Optional.empty(), priority, role);
        Draft.labels(pod).remove(Marks.QUEUE);
        Draft.labels(pod).put(Marks.ROLE, role);
        ObjectNode annotations = Draft.annotations(pod);
        annotations.remove(Marks.GROUP_NAME);
        annotations.put(TASK_SPEC, role);
        annotations.put(Marks.SUBMITTED_BY, draft.review().user());
        PodShape.gate(Draft.at(pod, "spec"));
    }

    private static @Nullable String asked(ObjectNode pod) {
        String label = Draft.label(pod, Marks.QUEUE);
        return label == null ? Draft.annotation(pod, Marks.VOLCANO_QUEUE) : label;
    }

    static String role(JsonNode pod) {
        String named = Draft.label(pod, Marks.ROLE);
        String sparks = Draft.label(pod, Marks.SPARK_ROLE);
        return named != null ? named : sparks != null ? sparks : DEFAULT_ROLE;
    }

    private static void evictable(Draft draft) {
        ObjectNode annotations = Draft.annotations(draft.object());
        String evictable = Draft.text(annotations.get(Marks.EVICTABLE));
        if (evictable != null && !evictable.equals("true") && !evictable.equals("false")) {
            draft.wrong(
                    "has the annotation %s '%s': expected true or false"
                            .formatted(Marks.EVICTABLE, Shown.of(evictable)),
                    "Leave it out to keep the pod until it ends");
            return;
        }
        annotations.put(Marks.VOLCANO_PREEMPTABLE, Boolean.toString("true".equals(evictable)));
    }

    /** "group/Kind" of the controller that owns it. */
    private static Optional<String> owner(JsonNode pod) {
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                String version = owner.path("apiVersion").asText();
                int slash = version.indexOf('/');
                String group = slash < 0 ? "" : version.substring(0, slash);
                return Optional.of(group + "/" + owner.path("kind").asText());
            }
        }
        return Optional.empty();
    }
}
