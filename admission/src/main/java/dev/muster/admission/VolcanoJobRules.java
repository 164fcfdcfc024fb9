package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs of Volcano. They know no suspend: the templates of their tasks carry the gate, so that every pod is held. */
final class VolcanoJobRules {
    private VolcanoJobRules() {}

    static void mutate(Draft draft) {
        ObjectNode job = draft.object();
        ObjectNode spec = Draft.at(job, "spec");
        draft.refuseReserved(job, "the ");
        size(draft, spec);
        Optional<QueueName> queue = Queues.queue(draft, PodGroupRules.asked(draft, spec));
        Optional<PriorityClassName> priority = Classes.ofAJob(draft, priorityClass(spec));
        queue.ifPresent(name -> PodGroupRules.write(job, name));
        priority.ifPresent(name -> spec.put("priorityClassName", name.value()));
        tasks(draft, spec, queue, priority);
        PodShape.scheduler(draft, spec);
        Draft.annotations(job).put(Marks.SUBMITTED_BY, draft.review().user());
    }

    private static void tasks(
            Draft draft, ObjectNode spec, Optional<QueueName> queue, Optional<PriorityClassName> priority) {
        for (JsonNode task : spec.path("tasks")) {
            if (task instanceof ObjectNode found) {
                ObjectNode template = Draft.at(found, "template");
                draft.refuseReserved(template, "in a template the ");
                String role = Objects.requireNonNullElse(Draft.text(found.get("name")), PodRules.DEFAULT_ROLE);
                PodShape.shape(draft, template, queue, priority, role);
                Draft.labels(template).put(Marks.ROLE, role);
                PodShape.gate(Draft.at(template, "spec"));
            }
        }
    }

    private static void size(Draft draft, ObjectNode spec) {
        long pods = 0;
        for (JsonNode task : spec.path("tasks")) {
            pods += Math.max(0, task.path("replicas").asLong(1));
        }
        if (pods < 1 || pods > Gangs.MOST_PODS) {
            draft.wrong(
                    "has %d pods in its tasks: expected 1 to %d".formatted(pods, Gangs.MOST_PODS),
                    "Set tasks with replicas");
        }
    }

    private static @Nullable String priorityClass(ObjectNode spec) {
        String named = Draft.text(spec.get("priorityClassName"));
        if (named != null) {
            return named;
        }
        for (JsonNode task : spec.path("tasks")) {
            String inTask = Draft.text(task.path("template").path("spec").get("priorityClassName"));
            if (inTask != null) {
                return inTask;
            }
        }
        return null;
    }
}
