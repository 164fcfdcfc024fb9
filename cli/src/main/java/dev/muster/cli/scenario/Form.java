package dev.muster.cli.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a value looks like: in words for the documentation and messages, and as JSON Schema for editors. */
record Form(String words, Map<String, Object> schema) {
    private static final List<String> ANY_SCALAR = List.of("string", "number", "boolean");

    static final Form TEXT = new Form("text", Map.of("type", ANY_SCALAR));
    static final Form NAME = new Form(
            "name (a-z, 0-9, -)",
            ordered("type", List.of("string", "number"), "pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"));
    static final Form SUBDOMAIN = new Form(
            "name (a-z, 0-9, -, .)",
            ordered("type", List.of("string", "number"), "pattern", "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"));
    static final Form FLAG = new Form("true or false", Map.of("type", "boolean"));
    static final Form POINT = new Form("time (2026-01-05T09:00:00Z)", point());
    static final Form LENGTH = new Form("length of time (90s, 10m, 1h30m, 2d)", length());
    static final Form AGO =
            new Form("length of time before now, or a time", Map.of("anyOf", List.of(length(), point())));
    static final Form AHEAD =
            new Form("length of time from now, or a time", Map.of("anyOf", List.of(length(), point())));
    static final Form AMOUNTS = new Form("amounts", reference("amounts"));
    static final Form OTHERS = new Form("amounts of any name", reference("others"));
    static final Form WEIGHTS = new Form("weights by resource", reference("weights"));
    static final Form LABELS = new Form(
            "labels; ~ takes one away",
            ordered(
                    "type",
                    "object",
                    "additionalProperties",
                    Map.of("type", List.of("string", "number", "boolean", "null"))));
    static final Form WHERE = new Form(
            "labels, or a list of alternatives",
            Map.of("anyOf", List.of(reference("term"), ordered("type", "array", "items", reference("term")))));
    static final Form PREFER = new Form(
            "labels (100 each), or a list of {weight, where}",
            Map.of("anyOf", List.of(reference("term"), ordered("type", "array", "items", reference("preference")))));
    static final Form TOLERATIONS = new Form(
            "list of key, key=value, each with :Effect or for all; * is every taint",
            Map.of("anyOf", List.of(Map.of("type", "string"), texts())));
    static final Form TAINTS = new Form(
            "list of key=value:Effect",
            ordered(
                    "type",
                    "array",
                    "items",
                    ordered("type", "string", "pattern", ".+:(NoSchedule|PreferNoSchedule|NoExecute)$")));
    static final Form TEXTS = new Form("list of texts", Map.of("anyOf", List.of(Map.of("type", ANY_SCALAR), texts())));
    static final Form POLICY = new Form("fields of the policy", reference("policy"));

    static Form whole(int least, int most) {
        return new Form(
                "whole number, %d to %d".formatted(least, most),
                ordered("type", "integer", "minimum", least, "maximum", most));
    }

    static Form words(List<String> words) {
        return new Form(String.join(", ", words), Map.of("enum", words));
    }

    static Form listOf(Place place) {
        return new Form("list of " + place.plural(), ordered("type", "array", "items", reference(place.definition())));
    }

    static Form mapOf(Place place) {
        return mapOf(place, "[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    }

    private static Form mapOf(Place place, String names) {
        return new Form(
                place.plural() + " by name",
                ordered(
                        "type",
                        "object",
                        "propertyNames",
                        Map.of("pattern", "^" + names + "$"),
                        "additionalProperties",
                        reference(place.definition())));
    }

    /** One of these forms. */
    Form or(Form other) {
        return new Form(words + ", or " + other.words, Map.of("anyOf", List.of(schema, other.schema)));
    }

    /** By name, each a value of this form. */
    Form byName(String what) {
        return new Form(what, ordered("type", "object", "additionalProperties", schema));
    }

    static Map<String, Object> reference(String definition) {
        return Map.of("$ref", "#/$defs/" + definition);
    }

    /** Keys and values in turn. */
    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> texts() {
        return ordered("type", "array", "items", Map.of("type", ANY_SCALAR));
    }

    private static Map<String, Object> length() {
        return ordered("type", "string", "pattern", "^((\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?|-?PT.+)$", "minLength", 2);
    }

    private static Map<String, Object> point() {
        return ordered("type", "string", "pattern", "^\\d{4,}-\\d\\d-\\d\\dT.+Z$");
    }
}
