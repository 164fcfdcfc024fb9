package dev.muster.quota.breaker;

import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.TrackRecord;
import dev.muster.quota.time.LengthOfTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one offering. {@code failures} in a row, {@code opened} times in a row; {@code until} when it is open by itself,
 * {@code why} in words; {@code probe} is the gang that closed it last. {@code reached}: the most nodes of its market that were there
 * since nodes last failed to come; so many can be had again, so those of them that were lost may be asked for even while it is open. What
 * an operator has said ({@code order}) stands above all that is seen, until an operator takes it back.
 */
public record Breaker(
        int failures,
        int opened,
        @Nullable Instant until,
        @Nullable Storm storm,
        Order order,
        String why,
        @Nullable Probe probe,
        int reached) {
    public static final Breaker CLOSED = new Breaker(0, 0, null, null, Order.NONE, "", null, 0);

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
        if (failures < 0 || opened < 0 || reached < 0) {
            throw new IllegalArgumentException("Bad breaker: failures %d, opened %d, reached %d: expected 0 or more"
                    .formatted(failures, opened, reached));
        }
    }

    /** {@code record} is the offering's with the fact in it. */
    public Breaker after(OfferingFact fact, TrackRecord record, BreakerRules rules) {
        if (fact instanceof OfferingFact.Failed failed) {
            return afterFailure(failed, record, rules);
        }
        if (fact instanceof OfferingFact.Filled filled) {
            return afterFilling(filled, record, rules);
        }
        if (fact instanceof OfferingFact.Seen seen) {
            // What comes once it is half open is for the gang that finds out: it counts when all of it has come.
            return isOpenByItself(seen.at()) && seen.there() > reached
                    ? new Breaker(failures, opened, until, storm, order, why, probe, seen.there())
                    : this;
        }
        if (fact instanceof OfferingFact.Interrupted taken) {
            return afterInterruption(taken, rules);
        }
        return this;
    }

    /**
     * Closes it, unless no more has come than was there at the shortage: that says nothing of what was short, until it is long ago and
     * forgotten by the {@code record}.
     */
    private Breaker afterFilling(OfferingFact.Filled filled, TrackRecord record, BreakerRules rules) {
        boolean isNews = until == null
                || filled.there() > reached
                || (!filled.at().isBefore(until.plus(rules.most())) && record.likelyAt() == null);
        return isNews
                ? new Breaker(
                        0,
                        0,
                        null,
                        storm,
                        order,
                        order == Order.NONE ? "" : why,
                        until == null ? probe : new Probe(filled.at(), opened),
                        0)
                : this;
    }

    private Breaker afterFailure(OfferingFact.Failed failed, TrackRecord record, BreakerRules rules) {
        Breaker counted = new Breaker(failures + 1, opened, until, storm, order, why, probe, reached);
        if (isOpenByItself(failed.at())) {
            // Of gangs that asked before it opened: one shortage, however many it hit. Or it has become worse.
            return new Breaker(
                    counted.failures, opened, until, storm, order, why, probe, Math.min(reached, failed.there()));
        }
        boolean known = record.tries() >= rules.tries() && record.success() < rules.leastSuccess();
        // Half open: the gang that was to find out has found out.
        return counted.failures >= rules.failures() || known || until != null
                ? counted.open(failed.at(), failed.why(), failed.there(), rules)
                : counted;
    }

    private Breaker afterInterruption(OfferingFact.Interrupted taken, BreakerRules rules) {
        boolean same = storm != null && !taken.at().isAfter(storm.since().plus(rules.stormWithin()));
        Storm now = same && storm != null
                ? new Storm(storm.since(), storm.nodes() + taken.nodes())
                : new Storm(taken.at(), taken.nodes());
        Breaker counted = new Breaker(failures, opened, until, now, order, why, probe, reached);
        if (probe != null && until == null && failsProbe(taken, probe, rules)) {
            // What the gang found out is not so: the row goes on as if its nodes had never come.
            return new Breaker(failures, probe.opened(), null, now, order, why, null, reached)
                    .open(
                            taken.at(),
                            "a node was taken back %s after a gang that tried got it"
                                    .formatted(LengthOfTime.spoken(Duration.between(probe.at(), taken.at()))),
                            0,
                            rules);
        }
        boolean isStorm = rules.isStorm(now.nodes(), now.nodes() + Math.max(0, taken.left()));
        if (!isStorm || isOpenByItself(taken.at())) {
            return counted;
        }
        return counted.open(
                taken.at(),
                "%d nodes were taken back within %s".formatted(now.nodes(), LengthOfTime.spoken(rules.stormWithin())),
                0,
                rules);
    }

    /** A node that was there before the gang tried says nothing about what it got. */
    private static boolean failsProbe(OfferingFact.Interrupted taken, Probe probe, BreakerRules rules) {
        return taken.isYoungerThan(rules.stormWithin())
                && !taken.at().isBefore(probe.at())
                && !taken.at().isAfter(probe.at().plus(rules.stormWithin()));
    }

    private Breaker open(Instant now, String because, int there, BreakerRules rules) {
        return new Breaker(
                failures,
                opened + 1,
                now.plus(rules.openFor(opened)),
                storm,
                order,
                order == Order.NONE ? because : why,
                null,
                there);
    }

    /** How many nodes may be asked for although it is open, where {@code there} are there or asked for: such as were lost. */
    public int within(int there) {
        return order == Order.NONE ? Math.max(0, reached - there) : 0;
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

    /**
     * When an open one is half open; of a half open one, when nodes are likely to come again by the {@code record}: until then nobody need
     * find out who could as well wait for others to end. Null where it is neither, or an operator has to say.
     */
    public @Nullable Instant betterAt(TrackRecord record, Instant now) {
        if (state(now) == BreakerState.HALF_OPEN) {
            return record.at(now).likelyAt();
        }
        return halfOpenAt(now);
    }

    /** When it will be half open by itself, null where it is not open or an operator has to say so. */
    public @Nullable Instant halfOpenAt(Instant now) {
        return order == Order.NONE && isOpenByItself(now) ? until : null;
    }

    /** An operator says so; {@code NONE} closes it and forgets what was seen. */
    public Breaker ordered(Order said, String because) {
        return said == Order.NONE ? CLOSED : new Breaker(failures, opened, until, storm, said, because, probe, reached);
    }
}
