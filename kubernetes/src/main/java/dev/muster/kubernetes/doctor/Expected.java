package dev.muster.kubernetes.doctor;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What should be in the cluster: {@code configuration} is the text that Muster renders for Volcano, {@code queues} the
 * capabilities by queue (as Kubernetes writes them), {@code namespaces} those of teams, {@code priorities} classes by name.
 */
public record Expected(
        String namespace,
        String webhook,
        VolcanoPlace volcano,
        String configuration,
        SortedMap<String, Map<String, String>> queues,
        SortedMap<String, String> namespaces,
        SortedMap<String, Priority> priorities) {
    /** Where Volcano runs and what its ConfigMap is called. */
    public record VolcanoPlace(String namespace, String configMap, String key) {
        public static final VolcanoPlace USUAL =
                new VolcanoPlace("volcano-system", "volcano-scheduler-configmap", "volcano-scheduler.conf");
    }

    /** A class as the cluster must have it. */
    public record Priority(int value, boolean mayPreempt) {}

    public Expected {
        queues = new TreeMap<>(queues);
        namespaces = new TreeMap<>(namespaces);
        priorities = new TreeMap<>(priorities);
    }

    static String some(List<String> names) {
        return names.size() <= 5
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more";
    }
}
