package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.OfferingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an offering may still grow: {@code nodes} more than it has and than are {@code asked}, for which {@code holders} gangs
 * wait with permits; one stops counting when its nodes have come. {@code deadline}: how long nodes are waited
 * for; {@code success}: how likely one comes, 0 to 1; {@code halfOpenAt}: when an open breaker tries again, null where nobody
 * knows, and when a half open one is not doubtful any more, null where it is not; {@code within}: how many of the nodes one gang may ask
 * for all the same, such as the market had at the last shortage.
 */
public record Expansion(
        OfferingSpec spec,
        int nodes,
        int asked,
        int holders,
        BreakerState breaker,
        @Nullable Instant halfOpenAt,
        Duration deadline,
        double success,
        int within) {
    public Expansion {
        if (nodes < 0
                || asked < 0
                || holders < 0
                || within < 0
                || deadline.isNegative()
                || !(success > 0 && success <= 1)) {
            throw new IllegalArgumentException(
                    "Bad expansion of %s by %d nodes, %d asked, %d holders, %d within, deadline %s, success %s: expected 0 or more, success above 0 up to 1"
                            .formatted(spec.offering(), nodes, asked, holders, within, deadline, success));
        }
    }

    /** One with a closed breaker, of which nobody waits. */
    public Expansion(OfferingSpec spec, int nodes, Duration deadline) {
        this(spec, nodes, 0, 0, BreakerState.CLOSED, null, deadline, 1, 0);
    }

    /** How many more gangs may ask at once where {@code most} may. */
    int permits(int most) {
        return switch (breaker) {
            case CLOSED -> Math.max(0, most - holders);
            case HALF_OPEN -> holders == 0 ? 1 : 0;
            case OPEN -> within > 0 && holders == 0 ? 1 : 0;
        };
    }

    /**
     * How many nodes may be asked for as the breaker is. Of a doubtful offering none but such as were lost where the gang could wait for
     * others to end: finding out leaves nodes standing idle.
     */
    int askable(boolean couldWait) {
        return switch (breaker) {
            case CLOSED -> nodes;
            case HALF_OPEN -> couldWait && isDoubtful() ? Math.min(nodes, within) : nodes;
            case OPEN -> Math.min(nodes, within);
        };
    }

    /** Half open, and what was asked for of late came too seldom. */
    boolean isDoubtful() {
        return breaker == BreakerState.HALF_OPEN && halfOpenAt != null;
    }

    /** The same after a gang got this permit, maybe for another pool's nodes of the same market. */
    public Expansion after(Permit permit) {
        if (!permit.offering().equals(spec.offering())) {
            return permit.offering().sharesMarketWith(spec.offering())
                    ? with(holders + 1, breaker, halfOpenAt, Math.max(0, within - permit.nodes()))
                    : this;
        }
        return new Expansion(
                spec,
                Math.max(0, nodes - permit.nodes()),
                asked + permit.nodes(),
                holders + 1,
                breaker,
                halfOpenAt,
                deadline,
                success,
                Math.max(0, within - permit.nodes()));
    }

    /**
     * Each as its market is: pools whose offerings a provider takes from the same stock have the same holders, and where one has
     * met that nothing is left, so will the others.
     */
    static List<Expansion> joined(List<Expansion> expansions) {
        return expansions.stream().map(each -> each.joinedWith(expansions)).toList();
    }

    private Expansion joinedWith(List<Expansion> all) {
        int everybody = 0;
        Expansion worst = this;
        for (Expansion other : all) {
            if (other.spec.offering().sharesMarketWith(spec.offering())) {
                everybody += other.holders;
                worst = badness(other) > badness(worst) ? other : worst;
            }
        }
        return with(everybody, worst.breaker, worst.halfOpenAt, worst.within);
    }

    /** Of open ones, and of doubtful ones, the worst is that within which the fewest may be asked for. */
    private static long badness(Expansion expansion) {
        long few = Integer.MAX_VALUE - (long) expansion.within;
        return switch (expansion.breaker) {
            case CLOSED -> 0;
            case HALF_OPEN -> expansion.isDoubtful() ? 2 + few : 1;
            case OPEN -> 3L + Integer.MAX_VALUE + few;
        };
    }

    private Expansion with(int others, BreakerState state, @Nullable Instant again, int least) {
        return new Expansion(spec, nodes, asked, others, state, again, deadline, success, least);
    }

    /** How much a node that comes costs, dearer where it comes less often; 1 for a node whose price nobody said. */
    double cost() {
        return (spec.price() == null ? 1 : spec.price().doubleValue()) / success;
    }
}
