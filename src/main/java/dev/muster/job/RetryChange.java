package dev.muster.job;

import org.jspecify.annotations.Nullable;

/** What a retry rule asks the next attempt to do in another way. {@code memoryPercent} of what the role asked so far, null: as it is. */
public record RetryChange(@Nullable Avoid avoid, @Nullable Integer memoryPercent, boolean offSpot) {
    /** Which place the next attempts keep away from: that where the pod failed. */
    public enum Avoid {
        NODE,
        POOL
    }

    /** Least and most that one rule may ask for at once. */
    public static final int LEAST_PERCENT = 101;

    public static final int MOST_PERCENT = 400;

    public RetryChange {
        if (memoryPercent != null && (memoryPercent < LEAST_PERCENT || memoryPercent > MOST_PERCENT)) {
            throw new IllegalArgumentException(
                    "Bad memory %d %%: expected %d to %d".formatted(memoryPercent, LEAST_PERCENT, MOST_PERCENT));
        }
        if (avoid == null && memoryPercent == null && !offSpot) {
            throw new IllegalArgumentException("A change that changes nothing");
        }
    }
}
