package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.util.Optional;

/** What every pod and every template of pods gets, wherever it stands. Doing it again changes nothing. */
final class PodShape {
    private PodShape() {}

    /** Queue and class are empty where they were refused: whatever else is wrong is told as well. */
    static void shape(
            Draft draft, ObjectNode pod, Optional<QueueName> queue, Optional<PriorityClassName> priority, String role) {
        queue.ifPresent(name -> Draft.labels(pod).put(Marks.QUEUE, name.value()));
        ObjectNode spec = Draft.at(pod, "spec");
        scheduler(draft, spec);
        node(draft, spec);
        priority.ifPresent(name -> priority(spec, name));
        placement(draft, spec, TeamRules.EVERY_ROLE);
        placement(draft, spec, role);
    }

    static void scheduler(Draft draft, ObjectNode spec) {
        String named = Draft.text(spec.get("schedulerName"));
        if (named != null && !named.equals("default-scheduler") && !named.equals(Marks.SCHEDULER)) {
            draft.wrong(
                    "names the scheduler '%s': expected %s or none".formatted(Shown.of(named), Marks.SCHEDULER),
                    "Leave schedulerName out");
            return;
        }
        spec.put("schedulerName", Marks.SCHEDULER);
    }

    /** Adds the gate that holds a pod until its gang is launched. */
    static void gate(ObjectNode spec) {
        JsonNode gates = spec.get("schedulingGates");
        ArrayNode all = gates instanceof ArrayNode found ? found : spec.putArray("schedulingGates");
        if (!isGated(spec)) {
            all.addObject().put("name", Marks.GATE);
        }
    }

    static boolean isGated(JsonNode spec) {
        for (JsonNode gate : spec.path("schedulingGates")) {
            if (gate.path("name").asText().equals(Marks.GATE)) {
                return true;
            }
        }
        return false;
    }

    private static void node(Draft draft, ObjectNode spec) {
        String node = Draft.text(spec.get("nodeName"));
        if (node != null) {
            draft.forbid(
                    "asks for the node '%s' past the scheduler and the queue".formatted(Shown.of(node)),
                    "Leave nodeName out; a nodeSelector for kubernetes.io/hostname asks for a node in turn");
        }
    }

    /** Kubernetes has already put in the number of the class that was there before; it does so again for the new one. */
    private static void priority(ObjectNode spec, PriorityClassName priority) {
        if (!priority.value().equals(Draft.text(spec.get("priorityClassName")))) {
            spec.remove("priority");
            spec.remove("preemptionPolicy");
            spec.put("priorityClassName", priority.value());
        }
    }

    static void placement(Draft draft, ObjectNode spec, String role) {
        TeamRules.RoleDefaults defaults = draft.team().roles().get(role);
        if (defaults != null) {
            Affinities.add(draft, spec, defaults.affinity());
            Tolerations.add(spec, defaults.tolerations());
        }
    }
}
