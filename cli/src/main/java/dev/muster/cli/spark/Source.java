package dev.muster.cli.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A part of a manifest at its place. It knows which of its fields were read: none is passed over in silence. */
final class Source {
    private final String path;
    private final JsonNode node;
    private final Notes notes;
    private final Set<String> read = new HashSet<>();

    Source(String path, JsonNode node, Notes notes) {
        this.path = path;
        this.node = node;
        this.notes = notes;
    }

    String path() {
        return path;
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    Source at(String field) {
        read.add(field);
        return new Source(path + "." + field, node.has(field) ? node.get(field) : MissingNode.getInstance(), notes);
    }

    List<Source> items(String field) {
        read.add(field);
        List<Source> items = new ArrayList<>();
        JsonNode list = node.path(field);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            notes.refused(path + "." + field, "expected a list");
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            items.add(new Source(path + "." + field + "[" + i + "]", list.get(i), notes));
        }
        return items;
    }

    @Nullable
    String text(String field) {
        read.add(field);
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            notes.refused(path + "." + field, "expected a text");
            return null;
        }
        return value.asText();
    }

    @Nullable
    Integer number(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}")) {
            notes.refused(path + "." + field, "'%s': expected a whole number".formatted(shortened(text)));
            return null;
        }
        return Integer.valueOf(text);
    }

    boolean flag(String field) {
        return "true".equals(text(field));
    }

    @Nullable
    List<String> texts(String field) {
        read.add(field);
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(item -> texts.add(item.asText()));
        return texts.isEmpty() ? null : texts;
    }

    Map<String, String> map(String field) {
        read.add(field);
        Map<String, String> map = new TreeMap<>();
        node.path(field)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    /** Fields that were never asked for. */
    void rest(String why) {
        node.fieldNames().forEachRemaining(field -> {
            if (!read.contains(field)) {
                notes.changed(path + "." + field, why);
            }
        });
    }

    /** Names of the fields, for those that stand for something themselves. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The field is passed over, and it is said why. */
    void leaveOut(String field, String why) {
        read.add(field);
        if (has(field)) {
            notes.changed(path + "." + field, why);
        }
    }

    void refuse(String field, String why) {
        read.add(field);
        if (has(field)) {
            notes.refused(path + "." + field, why);
        }
    }

    void refuseIfTrue(String field, String why) {
        read.add(field);
        if (node.path(field).asBoolean(false)) {
            notes.refused(path + "." + field, why);
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
