package dev.muster.quota.fallback;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that waits for spot nodes and for nothing else. {@code latestStart}: when it has waited too long by its own word, null for
 * never. {@code breakersOpen}: its spot offerings are asked for no nodes now, and none of them before {@code spotAt}; that is
 * {@code now} where spot nodes may come at any time. {@code onDemand} is what it costs at most on the others, null where nobody
 * knows how long it runs; {@code spot} what the same costs at least on spot nodes.
 */
public record Waiting(
        Instant now,
        Instant since,
        @Nullable Instant latestStart,
        boolean breakersOpen,
        Instant spotAt,
        @Nullable BigDecimal onDemand,
        BigDecimal spot) {}
