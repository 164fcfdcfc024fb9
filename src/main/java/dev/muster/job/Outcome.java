package dev.muster.job;

import org.jspecify.annotations.Nullable;

/** How an attempt or a job ended; {@code failure} says why where it did not succeed by itself. */
public record Outcome(Result result, @Nullable Failure failure) {
    public static final Outcome SUCCEEDED = new Outcome(Result.SUCCEEDED, null);

    /** In what way something ended. EVICTED and SUSPENDED are ends of attempts only. */
    public enum Result {
        SUCCEEDED,
        FAILED,
        CANCELLED,
        EVICTED,
        SUSPENDED,
        EXPIRED
    }

    public static Outcome failed(Failure failure) {
        return new Outcome(Result.FAILED, failure);
    }

    public static Outcome of(Result result) {
        return new Outcome(result, null);
    }
}
