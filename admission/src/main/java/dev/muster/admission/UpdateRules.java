package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** What nobody but Muster may change on an object that was taken: it would go around what was checked. */
final class UpdateRules {
    private static final String STEER =
            "To change it, delete the object and create it anew; to move, suspend or cancel it, "
                    + "use the command muster";

    private UpdateRules() {}

    static List<Refusal> check(Review review, ObjectNode old, Callers callers) {
        List<Refusal> refusals = new ArrayList<>();
        marks(review, old, "labels", refusals);
        marks(review, old, "annotations", refusals);
        Kind kind = review.kind().orElseThrow();
        switch (kind) {
            case POD -> pod(review, old, callers, refusals);
            case JOB -> job(review, old, refusals);
            case VOLCANO_JOB ->
                locked(
                        review,
                        old,
                        List.of("queue", "priorityClassName", "schedulerName", "minAvailable", "tasks"),
                        refusals);
            case SPARK_APPLICATION -> whole(review, old, refusals);
            case SCHEDULED_SPARK_APPLICATION -> {}
            case POD_GROUP -> {
                if (!callers.isController(review.user())) {
                    locked(
                            review,
                            old,
                            List.of("queue", "priorityClassName", "minMember", "minTaskMember", "minResources"),
                            refusals);
                }
            }
        }
        return refusals;
    }

    private static void marks(Review review, ObjectNode old, String field, List<Refusal> refusals) {
        JsonNode before = old.path("metadata").path(field);
        JsonNode after = review.object().path("metadata").path(field);
        TreeSet<String> keys = new TreeSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        for (Iterator<String> ours = keys.stream().filter(Marks::isOurs).iterator(); ours.hasNext(); ) {
            String key = ours.next();
            if (!before.path(key).equals(after.path(key))) {
                refuse(review, "%s '%s'".formatted(field.substring(0, field.length() - 1), Shown.of(key)), refusals);
            }
        }
    }

    private static void pod(Review review, ObjectNode old, Callers callers, List<Refusal> refusals) {
        if (PodShape.isGated(old.path("spec"))
                && !PodShape.isGated(review.object().path("spec"))) {
            refusals.add(Refusal.forbidden(
                    "%s waits behind the gate %s, which only Muster takes away".formatted(review.shown(), Marks.GATE),
                    "It goes when the whole gang fits; 'muster why' tells what it waits for"));
        }
        String before = Draft.annotation(old, Marks.GROUP_NAME);
        if (before != null
                && !before.equals(Draft.annotation(review.object(), Marks.GROUP_NAME))
                && !callers.isController(review.user())) {
            refuse(review, "annotation '%s'".formatted(Marks.GROUP_NAME), refusals);
        }
    }

    private static void job(Review review, ObjectNode old, List<Refusal> refusals) {
        JsonNode before = old.path("spec");
        JsonNode after = review.object().path("spec");
        if (before.path("suspend").asBoolean() != after.path("suspend").asBoolean()) {
            boolean starts = before.path("suspend").asBoolean();
            refusals.add(Refusal.forbidden(
                    "%s is %s by Muster alone".formatted(review.shown(), starts ? "started" : "suspended"),
                    starts
                            ? "It starts when its whole gang fits; 'muster why' tells what it waits for"
                            : "Use 'muster suspend', or delete it"));
        }
        locked(review, old, List.of("parallelism", "completions", "template"), refusals);
    }

    private static void whole(Review review, ObjectNode old, List<Refusal> refusals) {
        if (!old.path("spec").equals(review.object().path("spec"))) {
            refuse(review, "spec", refusals);
        }
    }

    private static void locked(Review review, ObjectNode old, List<String> fields, List<Refusal> refusals) {
        for (String field : fields) {
            JsonNode before = old.path("spec").path(field);
            JsonNode after = review.object().path("spec").path(field);
            if (!before.equals(after)) {
                refuse(review, "field spec." + field, refusals);
            }
        }
    }

    private static void refuse(Review review, String what, List<Refusal> refusals) {
        refusals.add(Refusal.forbidden("%s keeps its %s".formatted(review.shown(), what), STEER));
    }
}
