package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.Permit;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of the offerings that pools may grow by: their track records and breakers, kept up by what the cluster shows and
 * written down with what changed, so that a new leader knows it too. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class OfferingBook {
    /** Node time alone is written no more often: a crash costs so much of it. */
    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);

    private static final int MOST_GONE = 10_000;

    private final OfferingStore store;
    private final PoolStore poolStore;
    private final InForce inForce;
    private final HourBook hours;
    private final Fleet fleet = new Fleet();
    private final Markets markets = new Markets(fleet);
    private final TrackBook tracks = new TrackBook();
    private final Set<AttemptId> filled = new HashSet<>();
    /** All nodes of these have come; to be counted when nodes have been looked at, too. */
    private final List<Permit> come = new ArrayList<>();

    private final Set<NodeName> takenBack = new HashSet<>();
    private Instant writtenAt = Instant.EPOCH;

    OfferingBook(OfferingStore store, PoolStore poolStore, InForce inForce, HourBook hours) {
        this.hours = hours;
        this.inForce = inForce;
        this.store = store;
        this.poolStore = poolStore;
    }

    /** Starts from what is written; which nodes are new is known from the first look on. */
    void begin() {
        tracks.begin(store);
        filled.clear();
        come.clear();
        takenBack.clear();
        hours.begin();
        readPools();
    }

    void readPools() {
        markets.declare(poolStore.all().stream().map(Versioned::value).toList());
    }

    void readOrders() {
        tracks.read(store.orders());
    }

    /** The nodes as they are now. */
    void see(List<Node> nodes, World world, Instant now) {
        Map<PoolName, Integer> came = fleet.see(nodes, now);
        came.keySet().forEach(pool -> seen(pool, now));
        came.forEach((pool, count) -> markets.of(pool).ifPresent(offering -> askedFor(world, offering, now)
                .map(Attempt::createdAt)
                .min(Comparator.naturalOrder())
                .ifPresent(asked -> note(
                        offering, new OfferingFact.Came(now, count, atLeastNothing(Duration.between(asked, now)))))));
    }

    /** After nodes were looked at: gangs are looked at before. */
    private void countFilled(Instant now) {
        come.forEach(permit -> note(permit.offering(), new OfferingFact.Filled(now, markets.there(permit.offering()))));
        come.clear();
    }

    /** Nodes have come: so many more can be had of their market than was thought at the last shortage. */
    private void seen(PoolName name, Instant now) {
        Pool pool = markets.pool(name);
        if (pool != null) {
            int there = markets.there(pool.offering());
            markets.sharing(pool.offering())
                    .map(Pool::offering)
                    .filter(each -> tracks.breaker(each).until() != null)
                    .distinct()
                    .forEach(each -> note(each, new OfferingFact.Seen(now, there)));
        }
    }

    /** The offering by which the pool grows; empty where nobody has declared the pool. */
    Optional<Offering> of(PoolName pool) {
        return markets.of(pool);
    }

    /** How many nodes of the market of an offering are there beside those that go. */
    int staying(Offering offering, Set<NodeName> going) {
        return markets.staying(offering, going);
    }

    private static Duration atLeastNothing(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** What the cluster says of an attempt that is not ended. */
    void see(Job job, Attempt attempt, GangStatus seen, World world) {
        for (PodStatus pod : seen.pods()) {
            NodeName node = pod.node();
            if (pod.cause() == PodEnd.SPOT_INTERRUPTED && node != null && takenBack.add(node)) {
                int left = fleet.count(pod.pool());
                Instant at = Objects.requireNonNullElse(pod.endedAt(), fleet.seenAt());
                markets.of(pod.pool())
                        .ifPresent(offering ->
                                note(offering, new OfferingFact.Interrupted(at, 1, left, fleet.age(node, at))));
            }
        }
        if (takenBack.size() > MOST_GONE) {
            takenBack.clear();
        }
        boolean waits =
                attempt.state() == AttemptState.LAUNCHING && !attempt.permits().isEmpty();
        if (waits && AttemptRules.isPlaced(job.spec(), seen) && filled.add(attempt.id())) {
            come.addAll(attempt.permits());
            world.touch();
        }
    }

    /** An attempt is being released: where nodes did not come for it, their offerings have failed. */
    void released(Attempt before, Attempt after, World world, Instant now) {
        filled.remove(before.id());
        boolean failed = after.outcome() != null
                && after.outcome().failure() != null
                && after.outcome().failure().category() == Category.CAPACITY;
        if (!failed) {
            return;
        }
        String why = after.outcome().failure().message();
        List<Permit> lacking = before.permits().stream()
                .filter(permit -> missing(permit, before) > 0)
                .toList();
        // Where all came and it still has no room, something else is wrong with them: all are left alone for a while.
        (lacking.isEmpty() ? before.permits() : lacking)
                .forEach(permit -> note(
                        permit.offering(),
                        new OfferingFact.Failed(
                                now, Math.max(1, missing(permit, before)), markets.there(permit.offering()), why)));
        world.touch();
    }

    private int missing(Permit permit, Attempt attempt) {
        return Math.max(0, permit.nodes() - fleet.cameSince(permit.offering().pool(), attempt.createdAt()));
    }

    private void note(Offering offering, OfferingFact fact) {
        tracks.note(offering, fact, inForce.planSettings().breaker());
        hours.note(offering, fact);
    }

    /** Those of drained offerings take nobody new. */
    List<Node> usable(List<Node> nodes, Instant now) {
        Set<PoolName> drained = new HashSet<>();
        markets.pools().forEach(pool -> {
            if (tracks.breaker(pool.offering()).isDraining()) {
                drained.add(pool.name());
            }
        });
        return drained.isEmpty()
                ? nodes
                : nodes.stream()
                        .map(node -> drained.contains(node.pool()) ? node.withReady(false) : node)
                        .toList();
    }

    /** Every pool that is declared. */
    List<Pool> pools() {
        return markets.pools();
    }

    /** What a node of each costs in an hour, where somebody said it. */
    Map<PoolName, BigDecimal> prices() {
        return markets.prices();
    }

    /** What pools may still grow. */
    List<Expansion> expansions(World world, Instant now) {
        countFilled(now);
        return new Growth(markets, fleet, tracks, world.attempts(), filled, inForce.planSettings(), now).expansions();
    }

    /** Attempts for whose nodes it is not too late, whether they have theirs or not. */
    private static Stream<Attempt> askedFor(World world, Offering offering, Instant now) {
        return world.attempts().stream().filter(attempt -> attempt.permits().stream()
                .anyMatch(permit -> permit.offering().equals(offering)
                        && !attempt.createdAt().plus(permit.deadline()).isBefore(now)));
    }

    /** When a breaker is half open next, or not doubtful any more: then somebody may try. */
    Optional<Instant> nextTry(Instant now) {
        return tracks.nextTry(now);
    }

    /** Writes down what has changed. */
    void write(Instant now) {
        countFilled(now);
        if (writtenAt.plus(WRITE_EVERY).isBefore(now)) {
            fleet.ran(now).forEach((pool, time) -> markets.of(pool)
                    .ifPresent(offering -> note(offering, new OfferingFact.Ran(now, time))));
            writtenAt = now;
        }
        tracks.write(store);
        hours.write(standing(now), now);
    }

    private Map<Offering, BreakerState> standing(Instant now) {
        Map<Offering, BreakerState> standing = new HashMap<>();
        markets.pools()
                .forEach(pool -> standing.put(
                        pool.offering(), tracks.breaker(pool.offering()).state(now)));
        return standing;
    }
}
