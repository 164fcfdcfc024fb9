package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two objects as RFC 6902. It names only what differs, so that it does not undo what others changed
 * elsewhere; a list that grew gets its new items at its end.
 */
final class JsonPatch {
    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    private JsonPatch() {}

    static ArrayNode between(JsonNode before, JsonNode after) {
        JsonPatch patch = new JsonPatch();
        patch.compare("", before, after);
        return patch.operations;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            compareObjects(path, before, after);
        } else if (before.isArray() && after.isArray() && before.size() <= after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "/" + i, before.get(i), after.get(i));
            }
            for (int i = before.size(); i < after.size(); i++) {
                add("add", path + "/-", after.get(i));
            }
        } else {
            add("replace", path, after);
        }
    }

    private void compareObjects(String path, JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            if (!after.has(field.getKey())) {
                add("remove", path + "/" + escaped(field.getKey()), null);
            }
        }
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            String at = path + "/" + escaped(field.getKey());
            JsonNode old = before.get(field.getKey());
            if (old == null) {
                add("add", at, field.getValue());
            } else {
                compare(at, old, field.getValue());
            }
        }
    }

    private void add(String op, String path, @Nullable JsonNode value) {
        ObjectNode operation = operations.addObject().put("op", op).put("path", path);
        if (value != null) {
            operation.set("value", value);
        }
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
