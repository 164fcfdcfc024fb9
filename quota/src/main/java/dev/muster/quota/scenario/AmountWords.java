package dev.muster.quota.scenario;

import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Amounts in a scenario's words: {@code gpus} is short, bytes have a unit, names that could be a mistake stand apart. */
final class AmountWords {
    private static final String GPU = "nvidia.com/gpu";

    private AmountWords() {}

    static Map<String, Object> of(Resources amounts) {
        Map<String, Object> texts = new LinkedHashMap<>();
        amounts.asMap().forEach((name, amount) -> texts.put(name, text(name, amount)));
        return byName(texts);
    }

    /** What is said of resources, by their short names. */
    static Map<String, Object> byName(Map<String, ?> values) {
        Map<String, Object> words = new LinkedHashMap<>();
        Map<String, Object> others = new LinkedHashMap<>();
        new TreeMap<>(values).forEach((name, value) -> {
            if (name.equals(GPU)) {
                words.put("gpus", value);
            } else {
                (isUsual(name) ? words : others).put(name, value);
            }
        });
        if (!others.isEmpty()) {
            words.put("others", others);
        }
        return words;
    }

    /** What {@code changed} says differently; what it has not is said to be 0. */
    static Map<String, Object> difference(Resources base, Resources changed) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        base.names().forEach(name -> amounts.put(name, 0L));
        amounts.putAll(changed.asMap());
        amounts.entrySet().removeIf(each -> base.amount(each.getKey()) == each.getValue());
        return of(Resources.limit(amounts));
    }

    private static boolean isUsual(String name) {
        return name.equals(Resources.CPU)
                || name.equals(Resources.MEMORY)
                || name.equals("ephemeral-storage")
                || (name.contains("/") && !name.equals(GPU))
                || name.startsWith("hugepages-");
    }

    /** Exact; a bare number of bytes would look like a forgotten unit. */
    private static String text(String name, long amount) {
        String text = Quantity.format(name, amount);
        boolean bare = amount > 0 && text.matches("\\d+");
        boolean bytes =
                name.equals(Resources.MEMORY) || name.equals("ephemeral-storage") || name.startsWith("hugepages-");
        return bare && bytes ? (amount % 1000 == 0 ? amount / 1000 + "k" : text + "e0") : text;
    }
}
