package dev.muster.quota.breaker;

import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one offering. {@code failures} in a row, {@code opened} times in a row; {@code until} when it is open by itself,
 * {@code why} in words; {@code probe} is the gang that closed it last. What an operator has said ({@code order}) stands above all that is
 * seen, until an operator takes it back.
 */
public record Breaker(
        int failures,
        int opened,
        @Nullable Instant until,
        @Nullable Storm storm,
        Order order,
        String why,
        @Nullable Probe probe) {
    public static final Breaker CLOSED = new Breaker(0, 0, null, null, Order.NONE, "", null);

    /** What an operator wants of an offering. */
    public enum Order {
        NONE,
        /** Ask it for no nodes; what it has may be used. */
        OPEN,
        /** And launch nothing on the nodes that it has: what runs there ends in its own time. */
        DRAIN
    }

    /** So many nodes were taken back since then. */
    public record Storm(Instant since, int nodes) {}

    /** A gang got its nodes then, of a breaker that had {@code opened} so often in a row: they have yet to stay. */
    public record Probe(Instant at, int opened) {}

    public Breaker {
        if (failures < 0 || opened < 0) {
            throw new IllegalArgumentException(
                    "Bad breaker: failures %d, opened %d: expected 0 or more".formatted(failures, opened));
        }
    }

    /** {@code record} is the offering's with the fact in it. */
    public Breaker after(OfferingFact fact, TrackRecord record, BreakerRules rules) {
        if (fact instanceof OfferingFact.Failed failed) {
            return afterFailure(failed, record, rules);
        }
        if (fact instanceof OfferingFact.Filled) {
            return new Breaker(
                    0,
                    0,
                    null,
                    storm,
                    order,
                    order == Order.NONE ? "" : why,
                    until == null ? probe : new Probe(fact.at(), opened));
        }
        if (fact instanceof OfferingFact.Interrupted taken) {
            return afterInterruption(taken, rules);
        }
        return this;
    }

    private Breaker afterFailure(OfferingFact.Failed failed, TrackRecord record, BreakerRules rules) {
        Breaker counted = new Breaker(failures + 1, opened, until, storm, order, why, probe);
        if (isOpenByItself(failed.at())) {
            // Of gangs that asked before it opened: one shortage, however many it hit.
            return counted;
        }
        boolean known = record.tries() >= rules.tries() && record.success() < rules.leastSuccess();
        // Half open: the gang that was to find out has found out.
        return counted.failures >= rules.failures() || known || until != null
                ? counted.open(failed.at(), failed.why(), rules)
                : counted;
    }

    private Breaker afterInterruption(OfferingFact.Interrupted taken, BreakerRules rules) {
        boolean same = storm != null && !taken.at().isAfter(storm.since().plus(rules.stormWithin()));
        Storm now = same && storm != null
                ? new Storm(storm.since(), storm.nodes() + taken.nodes())
                : new Storm(taken.at(), taken.nodes());
        Breaker counted = new Breaker(failures, opened, until, now, order, why, probe);
        if (probe != null && until == null && failsProbe(taken, probe, rules)) {
            // What the gang found out is not so: the row goes on as if its nodes had never come.
            return new Breaker(failures, probe.opened(), null, now, order, why, null)
                    .open(
                            taken.at(),
                            "a node was taken back %s after a gang that tried got it"
                                    .formatted(Duration.between(probe.at(), taken.at())),
                            rules);
        }
        boolean isStorm = now.nodes() > 1 && now.nodes() >= rules.storm() * (now.nodes() + Math.max(0, taken.left()));
        if (!isStorm || isOpenByItself(taken.at())) {
            return counted;
        }
        return counted.open(
                taken.at(), "%d nodes were taken back within %s".formatted(now.nodes(), rules.stormWithin()), rules);
    }

    /** A node that was there before the gang tried says nothing about what it got. */
    private static boolean failsProbe(OfferingFact.Interrupted taken, Probe probe, BreakerRules rules) {
        return taken.isYoungerThan(rules.stormWithin())
                && !taken.at().isBefore(probe.at())
                && !taken.at().isAfter(probe.at().plus(rules.stormWithin()));
    }

    private Breaker open(Instant now, String because, BreakerRules rules) {
        return new Breaker(
                failures,
                opened + 1,
                now.plus(rules.openFor(opened)),
                storm,
                order,
                order == Order.NONE ? because : why,
                null);
    }

    private boolean isOpenByItself(Instant now) {
        return until != null && now.isBefore(until);
    }

    public BreakerState state(Instant now) {
        if (order != Order.NONE || isOpenByItself(now)) {
            return BreakerState.OPEN;
        }
        return until != null ? BreakerState.HALF_OPEN : BreakerState.CLOSED;
    }

    public Passage passage(Instant now) {
        return switch (state(now)) {
            case CLOSED -> Passage.ANY;
            case HALF_OPEN -> Passage.ONE_GANG;
            case OPEN -> Passage.NONE;
        };
    }

    /** Nothing new may be launched on its nodes. */
    public boolean isDraining() {
        return order == Order.DRAIN;
    }

    /** When it will be half open by itself, null where it is not open or an operator has to say so. */
    public @Nullable Instant halfOpenAt(Instant now) {
        return order == Order.NONE && isOpenByItself(now) ? until : null;
    }

    /** An operator says so; {@code NONE} closes it and forgets what was seen. */
    public Breaker ordered(Order said, String because) {
        return said == Order.NONE ? CLOSED : new Breaker(failures, opened, until, storm, said, because, probe);
    }
}
