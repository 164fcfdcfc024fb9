package dev.muster.ui;

import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Amounts as people type them into one field: {@code cpu=16, memory=64Gi}. */
final class Amounts {
    private Amounts() {}

    static String text(@Nullable Map<String, String> amounts) {
        return amounts == null
                ? ""
                : new TreeMap<>(amounts)
                        .entrySet().stream()
                                .map(amount -> amount.getKey() + "=" + amount.getValue())
                                .collect(Collectors.joining(", "));
    }

    /** The sum of both; what neither has is absent. */
    static Map<String, String> plus(@Nullable Map<String, String> one, @Nullable Map<String, String> other) {
        Map<String, Long> sum = new TreeMap<>();
        for (Map<String, String> amounts : java.util.Arrays.asList(one, other)) {
            if (amounts != null) {
                amounts.forEach((name, amount) -> sum.merge(name, Quantity.parse(name, amount), Resources::add));
            }
        }
        Map<String, String> text = new TreeMap<>();
        sum.forEach((name, amount) -> text.put(name, Quantity.format(name, amount)));
        return text;
    }

    /**
     * Null where nothing was typed. What is no amount is for the service to tell: it knows every resource.
     *
     * @throws MusterException where a part has no name or no amount
     */
    static @Nullable Map<String, String> read(String field, String typed) {
        if (typed.isBlank()) {
            return null;
        }
        Map<String, String> amounts = new TreeMap<>();
        for (String part : typed.strip().split("[,;\\s]+")) {
            int at = part.indexOf('=');
            if (at < 1 || at == part.length() - 1) {
                throw MusterException.invalid(new Fault(
                        "/spec/" + field,
                        Fault.Kind.BAD_VALUE,
                        "'%s' is not an amount: expected a resource and how much of it"
                                .formatted(MusterException.shown(part)),
                        "For example: cpu=16, memory=64Gi, nvidia.com/gpu=8"));
            }
            amounts.put(part.substring(0, at), part.substring(at + 1));
        }
        return amounts;
    }
}
