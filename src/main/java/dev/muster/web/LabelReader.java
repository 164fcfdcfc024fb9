package dev.muster.web;

import dev.muster.problem.Place;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Labels and annotations by Kubernetes' rules. */
final class LabelReader {
    private LabelReader() {}

    /** Labels of our own things: reserved prefixes are refused. */
    static Map<String, String> labels(Place place, @Nullable Map<String, String> sent) {
        Map<String, String> labels = nodeLabels(place, sent);
        labels.keySet().forEach(key -> KubernetesWords.refuseReserved(place.at(key), key));
        return labels;
    }

    /** Labels of nodes carry the platform's keys: kubernetes.io/arch, topology.kubernetes.io/zone. */
    static Map<String, String> nodeLabels(Place place, @Nullable Map<String, String> sent) {
        Map<String, String> labels = place.bounded(sent, Limits.LABELS);
        labels.forEach((key, value) -> {
            KubernetesWords.requireQualifiedName(place.at(key), key);
            if (!KubernetesWords.isLabelValue(value)) {
                place.at(key).bad(value, "a label value: at most 63 characters of A-Z, a-z, 0-9, '-', '_', '.'");
            }
        });
        return labels;
    }

    static Map<String, String> annotations(Place place, @Nullable Map<String, String> sent) {
        Map<String, String> annotations = place.bounded(sent, Limits.LABELS);
        annotations.forEach((key, value) -> {
            Place at = place.at(key);
            KubernetesWords.requireQualifiedName(at, key);
            KubernetesWords.refuseReserved(at, key);
            at.tooLong(value, Limits.ANNOTATION_CHARACTERS);
        });
        return annotations;
    }

    /** {@code own} over {@code inherited}. */
    static Map<String, String> merged(Map<String, String> inherited, Map<String, String> own) {
        if (inherited.isEmpty() || own.isEmpty()) {
            return inherited.isEmpty() ? own : inherited;
        }
        Map<String, String> both = new TreeMap<>(inherited);
        both.putAll(own);
        return both;
    }
}
