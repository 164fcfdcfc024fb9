package dev.muster.quota.offering;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it went with an offering of late: nodes that {@code came} and that {@code failed} to, nodes {@code interrupted} in so many
 * {@code nodeHours}. Each fact weighs half after every {@link #HALF_LIFE}; {@code at} is when they were last weighed. A clock
 * that goes backwards weighs nothing anew.
 */
public record TrackRecord(
        Instant at,
        double came,
        double failed,
        double interrupted,
        double nodeHours,
        LaunchTimes times,
        @Nullable Instant lastFailure) {
    public static final Duration HALF_LIFE = Duration.ofMinutes(30);

    /** Nearly what is believed before anything was seen. */
    private static final double LIKELY = 0.75;

    /** A failure weighs nothing against asking again after this time. */
    private static final Duration FORGOTTEN = Duration.ofHours(3);

    /** What is believed before anything was seen: four of five launches work; one node in a hundred goes in an hour. */
    private static final double PRIOR_CAME = 2;

    private static final double PRIOR_FAILED = 0.5;
    private static final double PRIOR_INTERRUPTED = 0.1;
    private static final double PRIOR_NODE_HOURS = 10;

    /** Nothing was seen yet. */
    public static TrackRecord from(Instant now) {
        return new TrackRecord(now, 0, 0, 0, 0, LaunchTimes.NONE, null);
    }

    public TrackRecord {
        if (!(came >= 0 && failed >= 0 && interrupted >= 0 && nodeHours >= 0)) {
            throw new IllegalArgumentException(
                    "Bad record: came %s, failed %s, interrupted %s, nodeHours %s: expected 0 or more"
                            .formatted(came, failed, interrupted, nodeHours));
        }
    }

    public TrackRecord after(OfferingFact fact) {
        TrackRecord then = at(fact.at());
        if (fact instanceof OfferingFact.Came some) {
            return new TrackRecord(
                    then.at,
                    then.came + some.nodes(),
                    then.failed,
                    then.interrupted,
                    then.nodeHours,
                    times.after(some),
                    lastFailure);
        }
        if (fact instanceof OfferingFact.Failed none) {
            return new TrackRecord(
                    then.at, then.came, then.failed + none.nodes(), then.interrupted, then.nodeHours, times, none.at());
        }
        if (fact instanceof OfferingFact.Interrupted taken) {
            return new TrackRecord(
                    then.at,
                    then.came,
                    then.failed,
                    then.interrupted + taken.nodes(),
                    then.nodeHours,
                    times,
                    lastFailure);
        }
        if (fact instanceof OfferingFact.Ran ran) {
            double hours = ran.nodeTime().toMillis() / 3_600_000.0;
            return new TrackRecord(
                    then.at, then.came, then.failed, then.interrupted, then.nodeHours + hours, times, lastFailure);
        }
        return then;
    }

    /** The same, weighed at that time. */
    public TrackRecord at(Instant now) {
        if (!now.isAfter(at)) {
            return this;
        }
        double weight = Math.pow(0.5, Duration.between(at, now).toMillis() / (double) HALF_LIFE.toMillis());
        return new TrackRecord(
                now, came * weight, failed * weight, interrupted * weight, nodeHours * weight, times, lastFailure);
    }

    /** How likely a node that is asked for comes, 0 to 1. */
    public double success() {
        return (PRIOR_CAME + came) / (PRIOR_CAME + PRIOR_FAILED + came + failed);
    }

    /**
     * From when on failures are so far forgotten that a node that is asked for is likely to come again; null where it is so already.
     * Three hours after the last one at the latest.
     */
    public @Nullable Instant likelyAt() {
        Instant forgotten = lastFailure == null ? at : lastFailure.plus(FORGOTTEN);
        if (!at.isBefore(forgotten) || success() >= LIKELY) {
            return null;
        }
        double weight = (PRIOR_CAME - LIKELY * (PRIOR_CAME + PRIOR_FAILED)) / (LIKELY * (came + failed) - came);
        double halves = Math.log(1 / weight) / Math.log(2);
        Instant likely = at.plusMillis((long) Math.ceil(halves * HALF_LIFE.toMillis()));
        return likely.isBefore(forgotten) ? likely : forgotten;
    }

    /** How many nodes that were asked for count, of late. */
    public double tries() {
        return came + failed;
    }

    /** How many nodes of a hundred the provider takes back in an hour, as a part of one. */
    public double interruptionsPerNodeHour() {
        return (PRIOR_INTERRUPTED + interrupted) / (PRIOR_NODE_HOURS + nodeHours);
    }
}
