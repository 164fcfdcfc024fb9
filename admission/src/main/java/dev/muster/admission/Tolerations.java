package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import java.util.List;

/** A team's tolerations, added to a pod's own. */
final class Tolerations {
    private Tolerations() {}

    static void add(ObjectNode spec, List<Toleration> tolerations) {
        if (tolerations.isEmpty()) {
            return;
        }
        ArrayNode all = spec.get("tolerations") instanceof ArrayNode found ? found : spec.putArray("tolerations");
        for (Toleration toleration : tolerations) {
            ObjectNode wanted = json(toleration);
            if (!contains(all, wanted)) {
                all.add(wanted);
            }
        }
    }

    private static boolean contains(ArrayNode all, JsonNode wanted) {
        for (JsonNode one : all) {
            if (one.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode json(Toleration toleration) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (toleration.key() != null) {
            json.put("key", toleration.key());
        }
        json.put("operator", toleration.operator() == Toleration.Operator.EXISTS ? "Exists" : "Equal");
        if (toleration.value() != null && !toleration.value().isEmpty()) {
            json.put("value", toleration.value());
        }
        if (toleration.effect() != null) {
            json.put("effect", word(toleration.effect()));
        }
        return json;
    }

    private static String word(TaintEffect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }
}
