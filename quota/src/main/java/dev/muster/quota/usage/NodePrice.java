package dev.muster.quota.usage;

import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a node of a pool costs in an hour from then on, null where nobody says, and what such a node has. */
public record NodePrice(Instant since, @Nullable BigDecimal perHour, Resources node) {
    private static final int DIGITS = 12;

    /** What pods cost in an hour on such a node; null where nobody says a price. */
    public @Nullable BigDecimal of(Resources pods) {
        BigInteger whole = Weights.of(node);
        return perHour == null || whole.signum() == 0
                ? null
                : perHour.multiply(new BigDecimal(Weights.of(pods)))
                        .divide(new BigDecimal(whole), DIGITS, RoundingMode.HALF_EVEN);
    }
}
