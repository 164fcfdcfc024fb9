package dev.muster.quota.usage;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that succeeded: from when its gang stood until its end, and all that it held. */
public record SizedRun(Instant started, Instant ended, List<Held> held) {
    /** So many alike pods in one pool; {@code pod} is what each of them asks. */
    public record Held(PoolName pool, Resources pod, int count, Instant since, Instant until) {}

    public SizedRun {
        if (!started.isBefore(ended)) {
            throw new IllegalArgumentException(
                    "Bad run from %s to %s: it ends before it starts".formatted(started, ended));
        }
        held = List.copyOf(held);
    }

    Duration time() {
        return Duration.between(started, ended);
    }

    /** While it ran, on the mean: pods above the minimum come and go. */
    int pods() {
        Period ran = new Period(started, ended);
        double micros = 0;
        for (Held each : held) {
            Period part = ran.and(each.since(), each.until());
            micros += part == null ? 0 : (double) each.count() * Prices.micros(part);
        }
        return Math.max(1, (int) Math.round(micros / Prices.micros(ran)));
    }

    /** From the launch on, as usage counts it. */
    double coreHours() {
        return held.stream()
                .mapToDouble(each -> each.count()
                        * (each.pod().amount(Resources.CPU) / 1000.0)
                        * Math.max(
                                0, Duration.between(each.since(), each.until()).toNanos())
                        / Duration.ofHours(1).toNanos())
                .sum();
    }

    /** Null where nobody said a price of a part of it. */
    @Nullable
    BigDecimal cost(Prices prices) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Held each : held) {
            if (each.since().isBefore(each.until())) {
                Prices.Cost cost =
                        prices.of(each.pool(), each.pod().times(each.count()), new Period(each.since(), each.until()));
                if (cost.unpriced() > 0) {
                    return null;
                }
                sum = sum.add(cost.amount());
            }
        }
        return sum;
    }
}
