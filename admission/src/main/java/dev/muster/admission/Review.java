package dev.muster.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to create or change an object, as the API server asks about it. {@code kind} is empty for what is not ours;
 * {@code old} is the object before an update.
 */
record Review(
        String uid,
        Optional<Kind> kind,
        Operation operation,
        String namespace,
        String user,
        ObjectNode object,
        @Nullable ObjectNode old) {
    enum Operation {
        CREATE,
        UPDATE,
        OTHER
    }

    /** "Pod 'first'", for sentences. */
    String shown() {
        String name = object.path("metadata").path("name").asText("");
        String given =
                name.isEmpty() ? object.path("metadata").path("generateName").asText("") : name;
        return "%s '%s'".formatted(kind.map(Kind::word).orElse("object"), Shown.of(given));
    }
}
