package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.util.Optional;

/** Jobs of Kubernetes: held by {@code suspend} until all pods that it runs at a time fit. */
final class JobRules {
    private JobRules() {}

    static void mutate(Draft draft) {
        ObjectNode job = draft.object();
        ObjectNode spec = Draft.at(job, "spec");
        ObjectNode template = Draft.at(spec, "template");
        draft.refuseReserved(job, "the ");
        draft.refuseReserved(template, "in its template the ");
        size(draft, spec);
        if (PodShape.isGated(template.path("spec"))) {
            draft.forbid(
                    "has the gate %s in its template".formatted(Marks.GATE), "Leave it out: a Job is held by suspend");
        }
        String label = Draft.label(job, Marks.QUEUE);
        String role = Draft.label(template, Marks.ROLE) == null ? PodRules.role(job) : PodRules.role(template);
        Optional<QueueName> queue = Queues.queue(draft, label == null ? Draft.label(template, Marks.QUEUE) : label);
        Optional<PriorityClassName> priority =
                Classes.ofAJob(draft, Draft.text(template.path("spec").get("priorityClassName")));
        queue.ifPresent(name -> Draft.labels(job).put(Marks.QUEUE, name.value()));
        PodShape.shape(draft, template, queue, priority, role);
        Draft.labels(template).put(Marks.ROLE, role);
        Draft.annotations(job).put(Marks.SUBMITTED_BY, draft.review().user());
        spec.put("suspend", true);
    }

    private static void size(Draft draft, ObjectNode spec) {
        JsonNode parallelism = spec.path("parallelism");
        if (!parallelism.isMissingNode() && !parallelism.isNull()) {
            long pods = parallelism.asLong();
            if (pods < 1 || pods > Gangs.MOST_PODS) {
                draft.wrong(
                        "has a parallelism of %d: expected 1 to %d".formatted(pods, Gangs.MOST_PODS),
                        "All pods that it runs at a time are its gang");
            }
        }
        for (String mark : new String[] {Marks.GANG_NAME, Marks.GANG_SIZE}) {
            if (Draft.annotation(draft.object(), mark) != null
                    || Draft.annotation(spec.path("template"), mark) != null) {
                draft.wrong(
                        "has the annotation %s".formatted(mark),
                        "Leave it out: the gang of a Job are the pods that it runs at a time, set by parallelism");
            }
        }
    }
}
