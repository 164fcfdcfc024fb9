package dev.muster.kubernetes.autoscaler;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which groups of nodes Cluster Autoscaler leaves alone, and why, read from the status that it writes into a ConfigMap: YAML, and
 * from before 1.30 text. What cannot be read says nothing.
 */
final class GroupStatuses {
    private static final System.Logger LOG = System.getLogger(GroupStatuses.class.getName());
    private static final String TEXT = "Cluster-autoscaler status at";
    private static final String BACK_OFF = "Backoff";
    private static final int LONGEST = 300;

    private GroupStatuses() {}

    /** The reason by group; empty where it said none. */
    static SortedMap<String, String> backingOff(String status) {
        if (status.startsWith(TEXT)) {
            return ofText(status);
        }
        try {
            return Serialization.unmarshal(status, Object.class) instanceof Map<?, ?> document
                            && document.get("nodeGroups") instanceof List<?> groups
                    ? ofYaml(groups)
                    : new TreeMap<>();
        } catch (RuntimeException e) {
            // The parser's own exceptions have no type that we know.
            LOG.log(System.Logger.Level.DEBUG, "act=status-not-read why=\"{0}\"", e.getMessage());
            return new TreeMap<>();
        }
    }

    private static SortedMap<String, String> ofYaml(List<?> groups) {
        SortedMap<String, String> found = new TreeMap<>();
        for (Object each : groups) {
            if (each instanceof Map<?, ?> group
                    && group.get("name") instanceof String name
                    && group.get("scaleUp") instanceof Map<?, ?> scaleUp
                    && BACK_OFF.equals(scaleUp.get("status"))) {
                found.put(name, scaleUp.get("backoffInfo") instanceof Map<?, ?> info ? why(info) : "");
            }
        }
        return found;
    }

    private static String why(Map<?, ?> info) {
        return shortened(Stream.of(info.get("errorCode"), info.get("errorMessage"))
                .filter(String.class::isInstance)
                .map(Object::toString)
                .filter(word -> !word.isBlank())
                .collect(Collectors.joining(": ")));
    }

    /** A group begins with its name; what follows is about it. */
    private static SortedMap<String, String> ofText(String status) {
        SortedMap<String, String> found = new TreeMap<>();
        List<String> name = new ArrayList<>(List.of(""));
        status.lines().map(String::strip).forEach(line -> {
            if (line.startsWith("Name:")) {
                name.set(0, line.substring("Name:".length()).strip());
            } else if (line.startsWith("ScaleUp:")
                    && line.substring("ScaleUp:".length()).strip().startsWith(BACK_OFF)
                    && !name.get(0).isEmpty()) {
                found.put(name.get(0), "");
            }
        });
        return found;
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
