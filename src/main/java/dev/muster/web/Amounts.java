package dev.muster.web;

import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Amounts of named resources as Kubernetes quantities, and back. */
final class Amounts {
    /** Most of one resource, in its unit (millicores, bytes, pieces): 2^53, which every JSON reader still holds exactly. */
    static final long MOST = 1L << 53;

    private Amounts() {}

    /** What a pod or node has: named, above 0. */
    static Resources positive(Place place, @Nullable Map<String, String> sent) {
        Resources amounts = Resources.of(amounts(place, sent, true));
        if (sent == null || sent.isEmpty()) {
            place.required("at least one resource, for example cpu");
        }
        return amounts;
    }

    /** What a queue is given: 0 is as good as absent. */
    static Resources any(Place place, @Nullable Map<String, String> sent) {
        return Resources.of(amounts(place, sent, false));
    }

    /** Of a limit: a name with 0 allows nothing, one that is absent is not limited. Absent as a whole: no limit. */
    static @Nullable Resources limit(Place place, @Nullable Map<String, String> sent) {
        return sent == null || sent.isEmpty() ? null : Resources.limit(amounts(place, sent, false));
    }

    static @Nullable Long bytes(Place place, @Nullable String sent) {
        return sent == null ? null : amount(place, Resources.MEMORY, sent, true);
    }

    static Map<String, String> text(Resources resources) {
        Map<String, String> texts = new TreeMap<>();
        resources.asMap().forEach((name, amount) -> texts.put(name, Quantity.format(name, amount)));
        return texts;
    }

    static @Nullable String text(@Nullable Long bytes) {
        return bytes == null ? null : Quantity.format(Resources.MEMORY, bytes);
    }

    private static Map<String, Long> amounts(Place place, @Nullable Map<String, String> sent, boolean positive) {
        Map<String, Long> amounts = new TreeMap<>();
        place.bounded(sent, Limits.RESOURCE_NAMES).forEach((name, text) -> {
            Place at = place.at(name);
            KubernetesWords.requireQualifiedName(at, name);
            Long amount = amount(at, name, text, positive);
            if (amount != null) {
                amounts.put(name, amount);
            }
        });
        return amounts;
    }

    private static @Nullable Long amount(Place at, String name, String text, boolean positive) {
        Long amount = at.read(text, t -> Quantity.parseWhole(name, t));
        if (amount == null) {
            return null;
        }
        if (amount > MOST) {
            at.bad(text, "at most " + Quantity.format(name, MOST));
            return null;
        }
        if (positive && amount == 0) {
            at.fault(
                    Fault.Kind.BAD_VALUE,
                    "'%s': expected more than 0".formatted(MusterException.shown(text)),
                    "Leave out a resource that is not needed");
            return null;
        }
        return amount;
    }
}
