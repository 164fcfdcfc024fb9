package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.QueueName;
import org.jspecify.annotations.Nullable;

/** PodGroups that users make for pods of their own. Their pods are gated; the group says how many belong together. */
final class PodGroupRules {
    /** What Volcano writes where nobody names a queue. */
    private static final String UNSET = "default";

    private PodGroupRules() {}

    /** Groups that Volcano's controller makes are of pods and jobs that were looked at. */
    static boolean passes(Review review, Callers callers) {
        return callers.isController(review.user());
    }

    static void mutate(Draft draft) {
        ObjectNode group = draft.object();
        ObjectNode spec = Draft.at(group, "spec");
        draft.refuseReserved(group, "the ");
        JsonNode members = spec.path("minMember");
        if (members.isMissingNode() || members.isNull()) {
            spec.put("minMember", 1);
        } else if (members.asLong() < 1 || members.asLong() > Gangs.MOST_PODS) {
            draft.wrong(
                    "has a minMember of %d: expected 1 to %d".formatted(members.asLong(), Gangs.MOST_PODS),
                    "Set the number of pods that start together");
        }
        Queues.queue(draft, asked(draft, spec)).ifPresent(name -> write(group, name));
        Classes.ofAJob(draft, Draft.text(spec.get("priorityClassName")))
                .ifPresent(name -> spec.put("priorityClassName", name.value()));
        Draft.annotations(group).put(Marks.SUBMITTED_BY, draft.review().user());
    }

    /** Into the label, by which Muster knows it, and the spec, by which Volcano does. */
    static void write(ObjectNode object, QueueName queue) {
        Draft.labels(object).put(Marks.QUEUE, queue.value());
        Draft.at(object, "spec").put("queue", queue.value());
    }

    /** The queue that label and spec name; null where neither does. */
    static @Nullable String asked(Draft draft, ObjectNode spec) {
        String label = Draft.label(draft.object(), Marks.QUEUE);
        String named = Draft.text(spec.get("queue"));
        if (named != null && named.equals(UNSET) && !draft.catalogue().queues().containsKey(new QueueName(UNSET))) {
            named = null;
        }
        if (label != null && named != null && !label.equals(named)) {
            draft.wrong(
                    "names the queue '%s' in its label and '%s' in its spec"
                            .formatted(Shown.of(label), Shown.of(named)),
                    "Leave one of them out");
        }
        return label == null ? named : label;
    }
}
