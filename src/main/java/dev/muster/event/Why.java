package dev.muster.event;

import dev.muster.quota.plan.Reason;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reason of an event: a stable code (a ReasonCode, a Category, or a word of the actor's) and a sentence with numbers. */
public record Why(String code, String message, @Nullable String hint, Map<String, String> numbers) {
    public Why {
        numbers = java.util.Collections.unmodifiableMap(new TreeMap<>(numbers));
    }

    public static Why of(String code, String message) {
        return new Why(code, message, null, Map.of());
    }

    public static Why of(Reason reason) {
        return new Why(reason.code().name(), reason.message(), reason.hint(), reason.numbers());
    }
}
