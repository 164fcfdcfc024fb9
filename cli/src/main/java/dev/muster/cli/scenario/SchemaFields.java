package dev.muster.cli.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.client.Json;
import dev.muster.cli.manifest.Fields.Field;
import dev.muster.cli.manifest.Fields.Found;
import dev.muster.cli.manifest.Fields.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the fields of scenarios and of policies are, found by paths as those of other files are; by the schema of scenarios. */
public final class SchemaFields {
    /** What files are called whose fields are found here. */
    public static final List<String> KINDS = List.of("Policy", "Scenario");

    private static final String SPEC = "spec";

    private final JsonNode document;

    private SchemaFields(JsonNode document) {
        this.document = document;
    }

    /**
     * What a path such as {@code scenario.pools} or {@code policy.spec.eviction} leads to; empty where it begins with another kind.
     *
     * @throws Unknown where there is no such field
     */
    public static Optional<Found> at(String path) {
        List<String> steps = new ArrayList<>(Arrays.asList(path.strip().split("[./]")));
        String kind = steps.remove(0).toLowerCase(Locale.ROOT);
        if (KINDS.stream().noneMatch(kind::equalsIgnoreCase)) {
            return Optional.empty();
        }
        boolean isPolicy = kind.equals("policy");
        if (isPolicy && !steps.isEmpty() && steps.get(0).equals(SPEC)) {
            steps.remove(0);
        }
        JsonNode schema = Once.SCHEMA;
        return Optional.of(
                new SchemaFields(schema).found(path.strip(), isPolicy ? schema.at("/$defs/policy") : schema, steps));
    }

    /** Made when it is first asked for: no other verb needs it. */
    private static final class Once {
        private static final JsonNode SCHEMA = read();

        private static JsonNode read() {
            try {
                return Json.mapper().readTree(Schema.text());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The schema is no JSON", e);
            }
        }
    }

    private Found found(String path, JsonNode from, List<String> steps) {
        JsonNode place = from;
        Field field = null;
        for (String step : steps) {
            JsonNode below = inside(place);
            List<Field> known = fields(below);
            field = known.stream()
                    .filter(one -> one.name().equalsIgnoreCase(step))
                    .findFirst()
                    .orElseThrow(() ->
                            Unknown.of(step, known.stream().map(Field::name).toList()));
            place = below.path("properties").path(field.name());
        }
        return new Found(path, field, fields(inside(place)));
    }

    private List<Field> fields(JsonNode place) {
        List<Field> all = new ArrayList<>();
        place.path("properties")
                .properties()
                .forEach(each -> all.add(new Field(
                        each.getKey(),
                        word(each.getValue()),
                        each.getValue().path("description").asText(),
                        null)));
        return all;
    }

    /** Where the fields are: behind names, through lists and maps. */
    private JsonNode inside(JsonNode place) {
        JsonNode now = place;
        while (true) {
            JsonNode next = next(now);
            if (next == null) {
                return now;
            }
            now = next;
        }
    }

    private @Nullable JsonNode next(JsonNode place) {
        if (place.has("$ref")) {
            return document.at(place.path("$ref").asText().substring(1));
        }
        if (place.has("items")) {
            return place.path("items");
        }
        return !place.has("properties") && place.path("additionalProperties").isObject()
                ? place.path("additionalProperties")
                : null;
    }

    private String word(JsonNode place) {
        if (place.has("$ref")) {
            return word(document.at(place.path("$ref").asText().substring(1)));
        }
        if (place.has("items")) {
            return "list of " + word(place.path("items"));
        }
        if (place.has("properties") || place.has("anyOf")) {
            return "object";
        }
        if (place.has("enum")) {
            return "one of " + String.join(", ", texts(place.path("enum")));
        }
        JsonNode type = place.path("type");
        if (type.asText().equals("object")) {
            return place.path("additionalProperties").isObject()
                    ? "map of " + word(place.path("additionalProperties"))
                    : "object";
        }
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "integer" -> "whole number";
            case "number" -> "number";
            case "boolean" -> "true or false";
            default -> "text";
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asText()));
        return all;
    }
}
