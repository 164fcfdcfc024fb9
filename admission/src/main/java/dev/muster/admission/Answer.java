package dev.muster.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** What is said to a review: refused with every reason, or taken with a patch (which may be empty). */
record Answer(List<Refusal> refusals, ArrayNode patch, List<String> warnings) {
    static final Answer TAKEN = new Answer(List.of(), JsonNodeFactory.instance.arrayNode(), List.of());

    Answer {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    static Answer refused(List<Refusal> refusals) {
        return new Answer(refusals, TAKEN.patch(), List.of());
    }

    boolean isTaken() {
        return refusals.isEmpty();
    }
}
