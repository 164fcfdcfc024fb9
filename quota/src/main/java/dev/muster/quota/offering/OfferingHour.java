package dev.muster.quota.offering;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How an offering did in one hour: nodes that {@code came} when they were asked for, that {@code failed} to, that were {@code lost} to the
 * provider; for how long its nodes were there, all together; for how long its breaker was open, and half open.
 */
public record OfferingHour(
        Offering offering,
        Instant hour,
        int came,
        int failed,
        int lost,
        Duration ran,
        Duration open,
        Duration halfOpen) {
    public OfferingHour {
        if (!hour.equals(hour.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("%s is no hour".formatted(hour));
        }
    }

    /** The hour of that moment, of which nothing is known. */
    public static OfferingHour of(Offering offering, Instant at) {
        return new OfferingHour(
                offering, at.truncatedTo(ChronoUnit.HOURS), 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    public OfferingHour after(OfferingFact fact) {
        if (fact instanceof OfferingFact.Came come) {
            return new OfferingHour(offering, hour, came + come.nodes(), failed, lost, ran, open, halfOpen);
        }
        if (fact instanceof OfferingFact.Failed fail) {
            return new OfferingHour(offering, hour, came, failed + fail.nodes(), lost, ran, open, halfOpen);
        }
        if (fact instanceof OfferingFact.Interrupted loss) {
            return new OfferingHour(offering, hour, came, failed, lost + loss.nodes(), ran, open, halfOpen);
        }
        return fact instanceof OfferingFact.Ran time
                ? new OfferingHour(offering, hour, came, failed, lost, ran.plus(time.nodeTime()), open, halfOpen)
                : this;
    }

    /** Its breaker stood open, or half open, for so much longer. */
    public OfferingHour stood(Duration longerOpen, Duration longerHalfOpen) {
        return new OfferingHour(
                offering, hour, came, failed, lost, ran, open.plus(longerOpen), halfOpen.plus(longerHalfOpen));
    }

    public boolean isEmpty() {
        return came == 0 && failed == 0 && lost == 0 && ran.isZero() && open.isZero() && halfOpen.isZero();
    }

    /** What the provider took back of a hundred nodes in an hour; 0 where none was there. */
    public double lostPerNodeHour() {
        return ran.isZero() ? 0 : lost / (ran.toMillis() / 3_600_000.0);
    }
}
