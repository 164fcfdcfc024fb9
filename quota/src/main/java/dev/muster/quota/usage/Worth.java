package dev.muster.quota.usage;

import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Which part of a node's worth some of it is, as its price is shared out: parts that do not overlap are 1 together at most. */
public final class Worth {
    private Worth() {}

    /** 0 where the whole has nothing that carries a price. */
    public static double of(Resources part, Resources whole) {
        BigInteger all = Weights.of(whole);
        return all.signum() == 0
                ? 0
                : new BigDecimal(Weights.of(part))
                        .divide(new BigDecimal(all), MathContext.DECIMAL64)
                        .doubleValue();
    }
}
