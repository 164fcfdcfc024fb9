package dev.muster.kubernetes.autoscaler;

import dev.muster.quota.offering.EmptyGroup;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Groups of nodes that Cluster Autoscaler may make larger and that have no node now, from the status that it writes: YAML, and from before
 * 1.30 text. It says their names and sizes and nothing of what such a node is. What cannot be read says nothing.
 */
final class EmptyGroups {
    static final String AUTOSCALER = "cluster-autoscaler";

    private static final System.Logger LOG = System.getLogger(EmptyGroups.class.getName());
    private static final String TEXT = "Cluster-autoscaler status at";
    private static final Pattern COUNT = Pattern.compile("\\b(registered|cloudProviderTarget|maxSize)=(\\d{1,9})\\b");
    private static final List<String> UNKNOWN = List.of(
            "spec.resources: what a node of it has for pods (the allocatable amounts of a node that was there before)",
            "spec.labels: by which its nodes are told from others, such as the label of the provider's group, the zone and the capacity type",
            "spec.taints: where its nodes have some");

    private EmptyGroups() {}

    static List<EmptyGroup> of(String status) {
        if (status.startsWith(TEXT)) {
            return ofText(status);
        }
        try {
            return Serialization.unmarshal(status, Object.class) instanceof Map<?, ?> document
                            && document.get("nodeGroups") instanceof List<?> groups
                    ? ofYaml(groups)
                    : List.of();
        } catch (RuntimeException e) {
            // The parser's own exceptions have no type that we know.
            LOG.log(System.Logger.Level.DEBUG, "act=status-not-read why=\"{0}\"", e.getMessage());
            return List.of();
        }
    }

    private static List<EmptyGroup> ofYaml(List<?> groups) {
        List<EmptyGroup> empty = new ArrayList<>();
        for (Object each : groups) {
            if (each instanceof Map<?, ?> group
                    && group.get("name") instanceof String name
                    && group.get("health") instanceof Map<?, ?> health) {
                Object registered = health.get("nodeCounts") instanceof Map<?, ?> counts
                                && counts.get("registered") instanceof Map<?, ?> known
                        ? known.get("total")
                        : null;
                add(
                        empty,
                        name,
                        number(registered),
                        number(health.get("cloudProviderTarget")),
                        number(health.get("maxSize")));
            }
        }
        return empty;
    }

    /** A group begins with its name; the line of its health has its sizes. */
    private static List<EmptyGroup> ofText(String status) {
        List<EmptyGroup> empty = new ArrayList<>();
        String name = "";
        for (String line : status.lines().map(String::strip).toList()) {
            if (line.startsWith("Name:")) {
                name = line.substring("Name:".length()).strip();
            } else if (line.startsWith("Health:") && !name.isEmpty()) {
                Map<String, Integer> counts = new TreeMap<>();
                Matcher count = COUNT.matcher(line);
                while (count.find()) {
                    counts.put(count.group(1), Integer.valueOf(count.group(2)));
                }
                add(empty, name, counts.get("registered"), counts.get("cloudProviderTarget"), counts.get("maxSize"));
            }
        }
        return empty;
    }

    private static void add(
            List<EmptyGroup> empty,
            String name,
            @Nullable Integer registered,
            @Nullable Integer target,
            @Nullable Integer most) {
        boolean isEmpty = (registered == null || registered == 0) && (target == null || target == 0);
        if (isEmpty && most != null && most > 0 && !name.isBlank()) {
            empty.add(new EmptyGroup(
                    AUTOSCALER, GroupStatuses.shortened(name), new TreeMap<>(), List.of(), most, UNKNOWN));
        }
    }

    private static @Nullable Integer number(@Nullable Object value) {
        return value instanceof Number number && number.longValue() >= 0 && number.longValue() <= 1_000_000
                ? Integer.valueOf(number.intValue())
                : null;
    }
}
