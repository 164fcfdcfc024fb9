package dev.muster.cli.scenario;

import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Amounts of resources in a scenario: {@code cpu: 4, memory: 16Gi, gpus: 8, example.com/fpga: 1}. */
final class Amounts {
    static final String GPU = "nvidia.com/gpu";

    /** What messages name as known; any name with a '/' is a resource too. */
    static final List<String> WORDS = List.of("cpu", "memory", "gpus", "ephemeral-storage");

    private static final Set<String> BYTES = Set.of(Resources.MEMORY, "ephemeral-storage");

    private Amounts() {}

    static boolean isResource(String word) {
        return WORDS.contains(word) || word.contains("/") || word.startsWith("hugepages-");
    }

    /** The resource's own name. */
    static String name(String word) {
        return word.equals("gpus") ? GPU : word;
    }

    static Resources of(Part part) {
        return Resources.of(amounts(part.fields(WORDS, Amounts::isResource)));
    }

    /** A limit: 0 of a name forbids it, a name that is absent is not limited. */
    static Resources limit(Part part) {
        return Resources.limit(amounts(part.fields(WORDS, Amounts::isResource)));
    }

    /** Those of {@code fields} that are resources. */
    static Resources among(Map<String, Part> fields) {
        Map<String, Part> resources = new LinkedHashMap<>(fields);
        resources.keySet().removeIf(name -> !isResource(name));
        return Resources.of(amounts(resources));
    }

    private static Map<String, Long> amounts(Map<String, Part> fields) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        fields.forEach((word, part) -> amounts.put(name(word), amount(word, part)));
        return amounts;
    }

    private static long amount(String word, Part part) {
        String text = part.text();
        if ((BYTES.contains(word) || word.startsWith("hugepages-")) && text.matches("\\d+") && !text.equals("0")) {
            throw part.wrong(
                    "amount without unit: %s '%s'".formatted(part.path(), text),
                    "Expected bytes with a unit, such as %sGi or %sMi.".formatted(text, text));
        }
        return part.as(value -> Quantity.parse(name(word), value));
    }
}
