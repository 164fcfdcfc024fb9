package dev.muster.ui;

import dev.muster.quota.plan.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planner's answer: the primary reason, then the others; {@code ahead} jobs of its queue go first; {@code outlook} are
 * sentences about its start and its place.
 */
public record WhyPanel(
        String words,
        String message,
        @Nullable String hint,
        List<Number> numbers,
        List<Other> others,
        @Nullable Integer ahead,
        @Nullable Moment planned,
        List<String> outlook) {
    /** One of the figures behind the sentence. */
    public record Number(String name, String value) {}

    /** A further reason. */
    public record Other(String words, String message) {}

    /** {@code all} has the primary reason first; null where there is none. */
    static @Nullable WhyPanel of(
            List<Reason> all, @Nullable Integer ahead, @Nullable Instant planned, Instant now, List<String> outlook) {
        if (all.isEmpty()) {
            return null;
        }
        Reason first = all.get(0);
        return new WhyPanel(
                ReasonLine.words(first.code().name()),
                first.message(),
                first.hint(),
                first.numbers().entrySet().stream()
                        .map(e -> new Number(e.getKey(), e.getValue()))
                        .toList(),
                all.stream()
                        .skip(1)
                        .map(other -> new Other(ReasonLine.words(other.code().name()), other.message()))
                        .toList(),
                ahead,
                planned == null ? null : new Moment(planned, now),
                List.copyOf(outlook));
    }
}
