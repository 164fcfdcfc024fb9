package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SparkApplications of the Spark operator: held by {@code suspend}, which it knows since 2.4, until driver and executors fit. The
 * spec is changed here and never again, but for suspend: the operator runs an application anew whose spec changes.
 */
final class SparkApplicationRules {
    private static final String IMPORT =
            "'muster import FILE' makes a %s of Muster of it, and says what becomes of each field";
    private static final int LONGEST_LABEL = 63;
    private static final List<String> ROLES = List.of("driver", "executor");
    private static final String SCRATCH = "spark-local-dir-";

    private SparkApplicationRules() {}

    static void mutate(Draft draft) {
        ObjectNode application = draft.object();
        ObjectNode spec = Draft.at(application, "spec");
        draft.refuseReserved(application, "the ");
        String name = Draft.text(application.path("metadata").get("name"));
        if (name == null || name.length() > LONGEST_LABEL) {
            draft.wrong(
                    "has no name of 1 to %d characters, by which its pods are known".formatted(LONGEST_LABEL),
                    "Set metadata.name");
        }
        refuse(draft, spec);
        ObjectNode batch = Draft.at(spec, "batchSchedulerOptions");
        String label = Draft.label(application, Marks.QUEUE);
        Optional<QueueName> queue = Queues.queue(draft, label == null ? Draft.text(batch.get("queue")) : label);
        queue.ifPresent(found -> {
            Draft.labels(application).put(Marks.QUEUE, found.value());
            batch.put("queue", found.value());
        });
        Optional<PriorityClassName> priority = Classes.ofAJob(draft, priority(spec, batch));
        priority.ifPresent(found -> batch.put("priorityClassName", found.value()));
        // With a scheduler of its own the operator would make another PodGroup, for which nobody has planned.
        spec.remove("batchScheduler");
        retries(draft, spec);
        for (String role : ROLES) {
            ObjectNode pod = Draft.at(spec, role);
            marks(draft, pod, role, name);
            PodShape.placement(draft, pod, TeamRules.EVERY_ROLE);
            PodShape.placement(draft, pod, role);
            priority.ifPresent(found -> pod.put("priorityClassName", found.value()));
        }
        Draft.annotations(application).put(Marks.SUBMITTED_BY, draft.review().user());
        spec.put("suspend", true);
    }

    static void refuseSchedule(Draft draft) {
        draft.forbid(
                "makes applications by a clock of its own, past the schedules of Muster", IMPORT.formatted("schedule"));
    }

    private static @Nullable String priority(ObjectNode spec, ObjectNode batch) {
        String named = Draft.text(batch.get("priorityClassName"));
        return named != null ? named : Draft.text(spec.path("driver").get("priorityClassName"));
    }

    private static void marks(Draft draft, ObjectNode pod, String role, @Nullable String name) {
        for (String field : List.of("labels", "annotations")) {
            pod.path(field).fieldNames().forEachRemaining(key -> {
                boolean own = key.equals(Marks.APPLICATION)
                        && String.valueOf(name)
                                .equals(Draft.text(pod.path(field).get(key)));
                if (Marks.isOurs(key) && !own) {
                    draft.forbid(
                            "has in spec.%s.%s '%s', which only Muster writes".formatted(role, field, Shown.of(key)),
                            "Leave it out");
                }
            });
        }
        if (name != null) {
            Draft.at(pod, "labels").put(Marks.APPLICATION, name);
        }
    }

    /** The operator's retries would run a gang that nobody has planned: a driver that failed has failed. */
    private static void retries(Draft draft, ObjectNode spec) {
        ObjectNode policy = Draft.at(spec, "restartPolicy");
        String type = Draft.text(policy.get("type"));
        if ("Always".equals(type)) {
            draft.wrong(
                    "has the restart policy Always: an application that Muster holds ends", "Use Never, or OnFailure");
            return;
        }
        if ("OnFailure".equals(type)) {
            draft.warn("is tried again by nobody: its restart policy became Never. "
                    + "A job of Muster is tried again as its rules say: " + IMPORT.formatted("job"));
        }
        policy.removeAll();
        policy.put("type", "Never");
    }

    private static void refuse(Draft draft, ObjectNode spec) {
        if (!"cluster".equals(spec.path("mode").asText("cluster"))) {
            draft.wrong(
                    "has the mode '%s': its driver would run elsewhere"
                            .formatted(Shown.of(spec.path("mode").asText())),
                    "Leave spec.mode out, or set it to cluster");
        }
        int index = 0;
        for (JsonNode volume : spec.path("volumes")) {
            boolean host = !volume.path("hostPath").isMissingNode();
            if (host && !volume.path("name").asText().startsWith(SCRATCH)) {
                draft.forbid(
                        "asks in spec.volumes[%d] for the path '%s' of its node"
                                .formatted(
                                        index,
                                        Shown.of(volume.path("hostPath")
                                                .path("path")
                                                .asText())),
                        "Use an emptyDir or a claim; scratch space is named %s1 and so on".formatted(SCRATCH));
            }
            index++;
        }
        for (String role : ROLES) {
            JsonNode pod = spec.path(role);
            if (pod.path("hostNetwork").asBoolean()) {
                draft.forbid("asks in spec.%s for its node's network".formatted(role), "Leave hostNetwork out");
            }
            if (pod.path("securityContext").path("privileged").asBoolean()
                    || pod.path("podSecurityContext").path("privileged").asBoolean()) {
                draft.forbid("asks in spec.%s for privileged pods".formatted(role), "Leave privileged out");
            }
        }
    }
}
