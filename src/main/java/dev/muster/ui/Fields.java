package dev.muster.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a part of a file says, field by field: by pointers in which things with names (roles, volumes) go by name. */
final class Fields {
    private Fields() {}

    static Map<String, String> of(JsonNode node) {
        Map<String, String> fields = new TreeMap<>();
        collect("", node, fields);
        return fields;
    }

    private static void collect(String pointer, JsonNode node, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> collect(pointer + "/" + field.getKey(), field.getValue(), fields));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).has("name")) {
            node.forEach(one -> collect(pointer + "/" + one.get("name").asText(), one, fields));
        } else if (!node.isNull() && !node.isMissingNode()) {
            fields.put(pointer, node.isValueNode() ? node.asText() : node.toString());
        }
    }

    /** Fields that differ, by pointer. */
    static List<QueuePage.Change> changes(Map<String, String> was, Map<String, String> is) {
        TreeSet<String> all = new TreeSet<>(was.keySet());
        all.addAll(is.keySet());
        List<QueuePage.Change> changes = new ArrayList<>();
        for (String field : all) {
            String before = was.getOrDefault(field, "nothing");
            String after = is.getOrDefault(field, "nothing");
            if (!before.equals(after)) {
                changes.add(new QueuePage.Change(field, before, after));
            }
        }
        return changes;
    }

    /** True where one of the locks is the field, or something that it is in; {@code *} is any name. */
    static boolean isLocked(String pointer, List<String> locks) {
        String[] steps = pointer.split("/");
        return locks.stream().map(lock -> lock.split("/")).anyMatch(lock -> covers(lock, steps));
    }

    private static boolean covers(String[] lock, String[] steps) {
        for (int i = 0; i < lock.length; i++) {
            if (i >= steps.length || !(lock[i].equals("*") || lock[i].equals(steps[i]))) {
                return false;
            }
        }
        return true;
    }
}
