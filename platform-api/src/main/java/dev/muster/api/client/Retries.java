package dev.muster.api.client;

import java.time.Duration;

/** How often a call that may be repeated is tried in all, and how long is waited in between: {@code first}, doubled each time, never above {@code longest}. */
public record Retries(int tries, Duration first, Duration longest) {
    public static final Retries DEFAULT = new Retries(4, Duration.ofMillis(150), Duration.ofSeconds(5));
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    public Retries {
        if (tries < 1) {
            throw new IllegalArgumentException("A call is tried %d times: expected 1 or more".formatted(tries));
        }
    }

    /** The wait after try number {@code tried} (from 1). */
    Duration after(int tried) {
        Duration doubled = first.multipliedBy(1L << Math.min(tried - 1, 20));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
