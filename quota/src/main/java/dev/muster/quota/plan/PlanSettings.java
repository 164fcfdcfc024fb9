package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerRules;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.offering.LaunchDeadline;
import java.time.Duration;

/**
 * What an operator may tune of one cycle. {@code maxLaunches} protects the API server; {@code elastic} lets running jobs grow
 * above their minimum; {@code halfLife} is how fast turns of queues forget what was used ({@link DecayedUse}), which the caller
 * keeps up; zero: they go by what is held. What asks the caller to end pods is off unless switched on. By {@code breaker} and
 * {@code launch} the caller keeps what a snapshot says of offerings. {@code poolChoice} chooses among pools that are as good as one another.
 */
public record PlanSettings(
        int maxLaunches,
        Backfill backfill,
        Eviction eviction,
        Aging aging,
        Duration halfLife,
        boolean elastic,
        Permits permits,
        BreakerRules breaker,
        LaunchDeadline launch,
        PoolChoice poolChoice) {
    public static final PlanSettings DEFAULT = new PlanSettings(200);

    public PlanSettings {
        if (maxLaunches < 1 || halfLife.isNegative()) {
            throw new IllegalArgumentException("Bad maxLaunches %d, halfLife %s: expected 1 or more, and 0 or more"
                    .formatted(maxLaunches, halfLife));
        }
    }

    public PlanSettings(int maxLaunches) {
        this(
                maxLaunches,
                Backfill.DEFAULT,
                Eviction.OFF,
                Aging.NONE,
                Duration.ZERO,
                false,
                Permits.DEFAULT,
                BreakerRules.DEFAULT,
                LaunchDeadline.DEFAULT,
                PoolChoice.AS_LISTED);
    }

    public PlanSettings with(Backfill other) {
        return new PlanSettings(
                maxLaunches, other, eviction, aging, halfLife, elastic, permits, breaker, launch, poolChoice);
    }

    public PlanSettings with(Eviction other) {
        return new PlanSettings(
                maxLaunches, backfill, other, aging, halfLife, elastic, permits, breaker, launch, poolChoice);
    }

    public PlanSettings with(Aging other) {
        return new PlanSettings(
                maxLaunches, backfill, eviction, other, halfLife, elastic, permits, breaker, launch, poolChoice);
    }

    public PlanSettings withMaxLaunches(int most) {
        return new PlanSettings(
                most, backfill, eviction, aging, halfLife, elastic, permits, breaker, launch, poolChoice);
    }

    public PlanSettings withElastic(boolean grow) {
        return new PlanSettings(
                maxLaunches, backfill, eviction, aging, halfLife, grow, permits, breaker, launch, poolChoice);
    }

    public PlanSettings with(Permits other) {
        return new PlanSettings(
                maxLaunches, backfill, eviction, aging, halfLife, elastic, other, breaker, launch, poolChoice);
    }

    public PlanSettings with(PoolChoice other) {
        return new PlanSettings(
                maxLaunches, backfill, eviction, aging, halfLife, elastic, permits, breaker, launch, other);
    }

    /**
     * How many gangs may wait at once for nodes of one offering that are not there yet ({@code perOffering}); {@code atNotice}: when a
     * node of a running gang is being taken back, the next one is asked for at that notice ({@link Forerunners}).
     */
    public record Permits(int perOffering, boolean atNotice) {
        public static final Permits DEFAULT = new Permits(1);

        public Permits(int perOffering) {
            this(perOffering, true);
        }

        public Permits {
            if (perOffering < 1) {
                throw new IllegalArgumentException(
                        "Bad permits perOffering %d: expected 1 or more".formatted(perOffering));
            }
        }
    }

    /**
     * How many jobs that wait for nodes get a reservation ({@code depth}, 0 for none, one of a queue at most), and after how many later jobs that
     * started before it nodes are kept free for one ({@code maxPassed}) although nobody knows when they will be.
     */
    public record Backfill(int depth, int maxPassed) {
        public static final Backfill DEFAULT = new Backfill(1, 100);

        public Backfill {
            if (depth < 0 || maxPassed < 0) {
                throw new IllegalArgumentException(
                        "Bad backfill depth %d, maxPassed %d: expected 0 or more".formatted(depth, maxPassed));
            }
        }
    }

    /**
     * Who may be ended for others: {@code preempt} inside a queue, {@code reclaim} between queues. Protected is who runs
     * shorter than {@code minRunTime} or was evicted {@code budget} times; a taker must have waited {@code after}; at most
     * {@code perCycle} gangs go in one cycle, {@code perMinute} in a minute ({@link Snapshot#evictedLately}). Who goes is given
     * {@code grace} to save its work before it is killed: the caller sees to that. {@code cut}: where a queue has held more than
     * its capability for {@code cutAfter} ({@link Snapshot#aboveSince}), jobs of it go, for nobody.
     */
    public record Eviction(
            boolean preempt,
            boolean reclaim,
            Duration minRunTime,
            Duration after,
            int budget,
            int perCycle,
            int perMinute,
            Duration grace,
            boolean cut,
            Duration cutAfter) {
        public static final Eviction OFF = new Eviction(false, false, Duration.ZERO, Duration.ZERO, 3, 200);
        public static final Eviction ON = new Eviction(true, true, Duration.ZERO, Duration.ZERO, 3, 200);

        public Eviction {
            if (minRunTime.isNegative()
                    || after.isNegative()
                    || grace.isNegative()
                    || cutAfter.isNegative()
                    || budget < 0
                    || perCycle < 1
                    || perMinute < 1) {
                throw new IllegalArgumentException(
                        "Bad eviction minRunTime %s, after %s, grace %s, cutAfter %s, budget %d, perCycle %d, perMinute %d: expected 0 or more, perCycle and perMinute 1 or more"
                                .formatted(minRunTime, after, grace, cutAfter, budget, perCycle, perMinute));
            }
        }

        /** Without cuts. */
        public Eviction(
                boolean preempt,
                boolean reclaim,
                Duration minRunTime,
                Duration after,
                int budget,
                int perCycle,
                int perMinute,
                Duration grace) {
            this(
                    preempt,
                    reclaim,
                    minRunTime,
                    after,
                    budget,
                    perCycle,
                    perMinute,
                    grace,
                    false,
                    Duration.ofMinutes(10));
        }

        /** At any rate, without grace. */
        public Eviction(
                boolean preempt, boolean reclaim, Duration minRunTime, Duration after, int budget, int perCycle) {
            this(preempt, reclaim, minRunTime, after, budget, perCycle, Integer.MAX_VALUE, Duration.ZERO);
        }

        public Eviction withPerMinute(int most) {
            return new Eviction(preempt, reclaim, minRunTime, after, budget, perCycle, most, grace, cut, cutAfter);
        }

        /** Queues that have held more than their capability so long come down to it. */
        public Eviction withCut(Duration afterSoLong) {
            return new Eviction(
                    preempt, reclaim, minRunTime, after, budget, perCycle, perMinute, grace, true, afterSoLong);
        }

        public boolean isOn() {
            return preempt || reclaim;
        }
    }

    /** Priority that a waiting job gains: {@code perHour} for each full hour, {@code most} at most; for the order only. */
    public record Aging(int perHour, int most) {
        public static final Aging NONE = new Aging(0, 0);

        public Aging {
            if (perHour < 0 || most < 0) {
                throw new IllegalArgumentException(
                        "Bad aging %d an hour, %d at most: expected 0 or more".formatted(perHour, most));
            }
        }
    }
}
