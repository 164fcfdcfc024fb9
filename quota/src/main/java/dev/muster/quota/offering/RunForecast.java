package dev.muster.quota.offering;

import java.time.Duration;
import java.util.Optional;

/**
 * How long work takes on nodes that may be taken back, where it begins anew each time that one of them is. {@code time} is until it
 * is done, {@code held} how much of that its nodes are there and paid for, {@code interruptions} how often it begins anew.
 *
 * <p>With interruptions at a constant rate λ of all nodes together, work of length W and a pause D before it begins anew, the
 * expected time is (1/λ + D)(e^{λW} − 1), of which (e^{λW} − 1)/λ is held (A. Duda, The effects of checkpointing on program
 * execution time, Information Processing Letters 16, 1983, for no checkpoints). Work that is saved on the way loses less: this is
 * the most.
 */
public record RunForecast(Duration time, Duration held, double interruptions) {
    /** More beginnings than this, and it is never done for practical purposes. */
    private static final double MOST_INTERRUPTIONS = 1_000;

    private static final double HOUR = Duration.ofHours(1).toMillis();

    /** Empty where it is not likely ever to end. */
    public static Optional<RunForecast> of(Duration work, double interruptionsPerHour, Duration pause) {
        if (work.isNegative() || pause.isNegative() || !(interruptionsPerHour >= 0)) {
            throw new IllegalArgumentException(
                    "Bad work of %s, interrupted %s times an hour, pause %s: expected 0 or more"
                            .formatted(work, interruptionsPerHour, pause));
        }
        double hours = work.toMillis() / HOUR;
        double again = Math.expm1(interruptionsPerHour * hours);
        if (again > MOST_INTERRUPTIONS) {
            return Optional.empty();
        }
        double held = again < 1e-9 ? hours : again / interruptionsPerHour;
        return Optional.of(new RunForecast(hours(held + again * (pause.toMillis() / HOUR)), hours(held), again));
    }

    private static Duration hours(double hours) {
        return Duration.ofMillis(Math.round(hours * HOUR));
    }
}
