package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object on its way in: what it will be, and what is wrong with it. Starts as a copy of what was sent. */
final class Draft {
    private final Review review;
    private final TeamRules team;
    private final Catalogue catalogue;
    private final ObjectNode object;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Draft(Review review, TeamRules team, Catalogue catalogue) {
        this.review = review;
        this.team = team;
        this.catalogue = catalogue;
        this.object = review.object().deepCopy();
    }

    Review review() {
        return review;
    }

    TeamRules team() {
        return team;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    ObjectNode object() {
        return object;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /** What the user is told of an object that is taken. */
    List<String> warnings() {
        return warnings;
    }

    void warn(String what) {
        warnings.add(review.shown() + " " + what);
    }

    /** {@code what} goes on after the kind and name of the object. */
    void forbid(String what, String mend) {
        refusals.add(Refusal.forbidden(review.shown() + " " + what, mend));
    }

    void wrong(String what, String mend) {
        refusals.add(Refusal.invalid(review.shown() + " " + what, mend));
    }

    /** Refuses what only Muster may write: marks that it has not asked users for. */
    void refuseReserved(ObjectNode labelled, String where) {
        for (String field : List.of("labels", "annotations")) {
            JsonNode marks = labelled.path("metadata").path(field);
            for (Iterator<String> keys = marks.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                boolean free = Marks.ASKED.contains(key) || key.equals(Marks.SUBMITTED_BY);
                if (Marks.isOurs(key) && !free) {
                    forbid(
                            "has %s%s '%s', which only Muster writes"
                                    .formatted(where, field.substring(0, field.length() - 1), Shown.of(key)),
                            "Leave it out; of %s you may set %s"
                                    .formatted(Marks.PREFIX, Shown.list(new java.util.TreeSet<>(Marks.ASKED))));
                }
            }
        }
    }

    static ObjectNode at(ObjectNode parent, String field) {
        JsonNode child = parent.get(field);
        return child instanceof ObjectNode found ? found : parent.putObject(field);
    }

    static ObjectNode labels(ObjectNode labelled) {
        return at(at(labelled, "metadata"), "labels");
    }

    static ObjectNode annotations(ObjectNode labelled) {
        return at(at(labelled, "metadata"), "annotations");
    }

    static @Nullable String label(JsonNode labelled, String key) {
        return text(labelled.path("metadata").path("labels").get(key));
    }

    static @Nullable String annotation(JsonNode labelled, String key) {
        return text(labelled.path("metadata").path("annotations").get(key));
    }

    static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() || node.asText().isEmpty() ? null : node.asText();
    }
}
