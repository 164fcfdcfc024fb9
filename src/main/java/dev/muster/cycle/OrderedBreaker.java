package dev.muster.cycle;

import dev.muster.postgres.OfferingStore;
import dev.muster.quota.breaker.Breaker;
import org.jspecify.annotations.Nullable;

/** A breaker with what an operator has said of it. */
public final class OrderedBreaker {
    private OrderedBreaker() {}

    public static Breaker of(OfferingStore.@Nullable State state, OfferingStore.@Nullable Order order) {
        Breaker seen = state == null ? Breaker.CLOSED : state.breaker();
        if (order == null) {
            return seen;
        }
        return switch (order.word()) {
            case OPEN -> seen.ordered(Breaker.Order.OPEN, order.why());
            case DRAIN -> seen.ordered(Breaker.Order.DRAIN, order.why());
            case CLOSE -> state != null && order.at().isAfter(state.at()) ? Breaker.CLOSED : seen;
        };
    }
}
