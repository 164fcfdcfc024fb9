package dev.muster.cli.scenario;

import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Amounts of resources in a scenario: {@code cpu: 4, memory: 16Gi, gpus: 8, example.com/fpga: 1}. Names that could be a typing
 * error stand below {@code others}.
 */
public final class Amounts {
    static final String GPU = "nvidia.com/gpu";

    /** What messages name as known; any name with a '/' is a resource too. */
    public static final List<String> WORDS = List.of("cpu", "memory", "gpus", "ephemeral-storage");

    private static final String OTHERS = "others";
    private static final Set<String> BYTES = Set.of(Resources.MEMORY, "ephemeral-storage");

    private Amounts() {}

    public static boolean isResource(String word) {
        return WORDS.contains(word) || word.contains("/") || word.startsWith("hugepages-");
    }

    /** The resource's own name. */
    static String name(String word) {
        return word.equals("gpus") ? GPU : word;
    }

    public static Resources of(Part part) {
        return Resources.of(amounts(fields(part)));
    }

    /** A limit: 0 of a name forbids it, a name that is absent is not limited. */
    static Resources limit(Part part) {
        return Resources.limit(amounts(fields(part)));
    }

    /** Those of {@code fields} that are resources; 0 is said too. */
    static Map<String, Long> said(Map<String, Part> fields) {
        Map<String, Part> resources = new LinkedHashMap<>(fields);
        resources.keySet().removeIf(name -> !isResource(name) && !name.equals(OTHERS));
        return amounts(resources);
    }

    public static Resources among(Map<String, Part> fields) {
        return Resources.of(said(fields));
    }

    /** What is said of each resource, by its own name. */
    static Map<String, Part> parts(Part part) {
        return parts(fields(part));
    }

    private static Map<String, Part> fields(Part part) {
        List<String> known = new ArrayList<>(WORDS);
        known.add(OTHERS);
        return part.fields(known, Amounts::isResource);
    }

    private static Map<String, Part> parts(Map<String, Part> fields) {
        Map<String, Part> parts = new LinkedHashMap<>();
        fields.forEach((word, part) -> {
            if (word.equals(OTHERS)) {
                part.entries().forEach((name, own) -> put(parts, name, own));
            } else {
                put(parts, name(word), part);
            }
        });
        return parts;
    }

    private static void put(Map<String, Part> parts, String name, Part part) {
        if (parts.put(name, part) != null) {
            throw part.wrong("%s is said twice".formatted(name), "'gpus' is short for " + GPU + ".");
        }
    }

    private static Map<String, Long> amounts(Map<String, Part> fields) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        parts(fields).forEach((name, part) -> amounts.put(name, amount(name, part)));
        return amounts;
    }

    private static long amount(String name, Part part) {
        String text = part.text();
        if ((BYTES.contains(name) || name.startsWith("hugepages-")) && text.matches("\\d+") && !text.equals("0")) {
            throw part.wrong(
                    "amount without unit: %s '%s'".formatted(part.path(), text),
                    "Expected bytes with a unit, such as %sGi or %sMi.".formatted(text, text));
        }
        return part.as(value -> Quantity.parse(name, value));
    }
}
