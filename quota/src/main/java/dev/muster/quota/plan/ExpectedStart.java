package dev.muster.quota.plan;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When a waiting job is expected to start. */
public sealed interface ExpectedStart {
    /**
     * Not before {@code earliest}, and not after {@code latest} (null where nobody knows), if the {@code assumptions} hold:
     * sentences with numbers.
     */
    record Between(Instant earliest, @Nullable Instant latest, List<String> assumptions) implements ExpectedStart {
        public Between {
            assumptions = List.copyOf(assumptions);
        }
    }

    /** It does not start as things are, whoever ends: because of this. */
    record Cannot(Reason because) implements ExpectedStart {}

    /** It comes after the first {@code looked} of {@code of} jobs that wait, and nobody looked further. */
    record NotLookedAt(int looked, int of) implements ExpectedStart {}

    /** Calls the function of this case. */
    default <T> T match(
            Function<Between, T> between, Function<Cannot, T> cannot, Function<NotLookedAt, T> notLookedAt) {
        if (this instanceof Between b) {
            return between.apply(b);
        }
        if (this instanceof Cannot c) {
            return cannot.apply(c);
        }
        return notLookedAt.apply((NotLookedAt) this);
    }
}
