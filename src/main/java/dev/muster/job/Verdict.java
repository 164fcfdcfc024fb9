package dev.muster.job;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an attempt becomes by what its pods say. {@code startedAt} is when the last pod of the gang started, null where the gang never stood whole. */
public sealed interface Verdict {
    /** Nothing to do now. */
    record Unchanged() implements Verdict {}

    /** The containers of every gang pod have started. */
    record Started(Instant startedAt) implements Verdict {}

    /** Below its minimum, with pods on their way. */
    record Recovering(Instant since, String message) implements Verdict {}

    /** At its minimum again. */
    record Recovered() implements Verdict {}

    /** Done; what still runs may go. */
    record Succeeded(Instant startedAt, Instant endedAt) implements Verdict {}

    /** Cannot succeed any more; all of it must go. */
    record Failed(Failure failure, @Nullable Instant startedAt, Instant endedAt) implements Verdict {}

    /** Calls the function of this case; a new case changes the signature, so the compiler visits every caller. */
    default <T> T match(
            Function<Unchanged, T> unchanged,
            Function<Started, T> started,
            Function<Recovering, T> recovering,
            Function<Recovered, T> recovered,
            Function<Succeeded, T> succeeded,
            Function<Failed, T> failed) {
        if (this instanceof Unchanged v) {
            return unchanged.apply(v);
        }
        if (this instanceof Started v) {
            return started.apply(v);
        }
        if (this instanceof Recovering v) {
            return recovering.apply(v);
        }
        if (this instanceof Recovered v) {
            return recovered.apply(v);
        }
        if (this instanceof Succeeded v) {
            return succeeded.apply(v);
        }
        return failed.apply((Failed) this);
    }
}
