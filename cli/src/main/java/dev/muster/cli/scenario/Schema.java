package dev.muster.cli.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.client.Json;
import dev.muster.quota.policy.PolicyField;
import dev.muster.quota.policy.PolicyFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of scenario files, made of the fields that the reader takes. */
public final class Schema {
    private static final String AMOUNT = "^(cpu|memory|gpus|ephemeral-storage|hugepages-.+|.+/.+)$";
    private static final String QUANTITY = "^\\+?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?$";
    private static final String BYTES = "^(\\+?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)|0)$";

    private Schema() {}

    /** As text, in a stable order. */
    public static String text() {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> document() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            if (place != Place.FILE) {
                definitions.put(place.definition(), object(place));
            }
        }
        definitions.put("amounts", amounts());
        definitions.put("weights", weights());
        definitions.put("others", Form.ordered("type", "object", "additionalProperties", quantity(QUANTITY)));
        definitions.put("policy", policy());
        definitions.put("term", term());
        definitions.put(
                "preference",
                closed(
                        Form.ordered("weight", Form.whole(1, 100).schema(), "where", Form.reference("term")),
                        List.of("where")));
        Map<String, Object> document = Form.ordered(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "A scenario of Muster",
                "description",
                "A small world of pools, queues and jobs; 'muster plan FILE' shows what the planner makes of it.");
        document.putAll(object(Place.FILE));
        document.put("$defs", definitions);
        return document;
    }

    private static Map<String, Object> object(Place place) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Field field : Fields.at(place)) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", field.meaning() + " Default: " + field.standard() + ".");
            if (field.needed()) {
                property.put("description", field.meaning());
            }
            property.putAll(field.form().schema());
            properties.put(field.name(), property);
        }
        Map<String, Object> object = closed(
                properties,
                Fields.at(place).stream().filter(Field::needed).map(Field::name).toList());
        if (Fields.hasAmounts(place)) {
            withAmounts(object);
        }
        return object;
    }

    private static Map<String, Object> closed(Map<String, Object> properties, List<String> needed) {
        Map<String, Object> object = Form.ordered("type", "object", "properties", properties);
        if (!needed.isEmpty()) {
            object.put("required", needed);
        }
        object.put("additionalProperties", false);
        return object;
    }

    private static Map<String, Object> amounts() {
        Map<String, Object> object = closed(Form.ordered("others", Form.reference("others")), List.of());
        withAmounts(object);
        return object;
    }

    private static Map<String, Object> weights() {
        Map<String, Object> weight = Form.whole(1, Fields.MOST_WEIGHT).schema();
        Map<String, Object> object = closed(
                Form.ordered("others", Form.ordered("type", "object", "additionalProperties", weight)), List.of());
        object.put("patternProperties", Form.ordered(AMOUNT, weight));
        return object;
    }

    /** Bytes need a unit. */
    private static void withAmounts(Map<String, Object> object) {
        object.put(
                "patternProperties",
                Form.ordered(
                        "^(memory|ephemeral-storage|hugepages-.+)$",
                        Map.of(
                                "anyOf",
                                List.of(
                                        Form.ordered("type", "string", "pattern", BYTES),
                                        Form.ordered("type", "number", "maximum", 0))),
                        AMOUNT,
                        quantity(QUANTITY)));
    }

    private static Map<String, Object> quantity(String pattern) {
        return Form.ordered("type", List.of("string", "number"), "minimum", 0, "pattern", pattern);
    }

    private static Map<String, Object> policy() {
        Map<String, Object> top = new LinkedHashMap<>();
        for (PolicyField field : PolicyFields.ALL) {
            Map<String, Object> into = top;
            String[] path = field.path().split("\\.");
            for (int i = 0; i < path.length - 1; i++) {
                @SuppressWarnings("unchecked") // Groups are made here alone, as such maps.
                Map<String, Object> properties = (Map<String, Object>) ((Map<String, Object>)
                                into.computeIfAbsent(path[i], g -> closed(new LinkedHashMap<>(), List.of())))
                        .get("properties");
                into = properties;
            }
            Map<String, Object> property = new LinkedHashMap<>();
            property.put(
                    "description",
                    "%s Expected: %s. Default: %s.".formatted(field.meaning(), field.expected(), field.standard()));
            property.putAll(
                    switch (field.type()) {
                        case WHOLE_NUMBER ->
                            Form.ordered("type", "integer", "minimum", field.least(), "maximum", field.most());
                        case LENGTH_OF_TIME -> Form.LENGTH.schema();
                        case PERCENTAGE -> Form.ordered("type", "string", "pattern", "^[0-9]{1,6}%$");
                        case SWITCH -> Form.FLAG.schema();
                        case CHOICE -> Form.ordered("type", "string", "enum", field.words());
                    });
            into.put(path[path.length - 1], property);
        }
        return closed(top, List.of());
    }

    /** Labels with what is compared. */
    private static Map<String, Object> term() {
        Map<String, Object> scalar = Form.TEXT.schema();
        Map<String, Object> comparison = closed(
                Form.ordered(
                        "in",
                        Form.TEXTS.schema(),
                        "not",
                        Form.TEXTS.schema(),
                        "exists",
                        Form.FLAG.schema(),
                        "above",
                        scalar,
                        "below",
                        scalar),
                List.of());
        Map<String, Object> value = Map.of(
                "anyOf",
                List.of(
                        scalar,
                        Form.ordered("type", "array", "items", scalar),
                        comparison,
                        Form.ordered("type", "array", "items", comparison)));
        return Form.ordered(
                "type",
                "object",
                "properties",
                Form.ordered("labels", Form.ordered("type", "object", "additionalProperties", value)),
                "additionalProperties",
                value);
    }
}
