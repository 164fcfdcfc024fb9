package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodStatus;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.TrackRecord;
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
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final Map<PoolName, Pool> pools = new TreeMap<>();
    private final SortedMap<Offering, OfferingStore.State> states = new TreeMap<>();
    private final Map<Offering, OfferingStore.Order> orders = new HashMap<>();
    private final Set<Offering> dirty = new HashSet<>();
    private final List<Event> happened = new ArrayList<>();
    private final Fleet fleet = new Fleet();
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
        states.clear();
        states.putAll(store.states());
        dirty.clear();
        happened.clear();
        filled.clear();
        come.clear();
        takenBack.clear();
        hours.begin();
        readPools();
        orders.clear();
        readOrders();
    }

    void readPools() {
        pools.clear();
        poolStore.all().forEach(each -> pools.put(each.value().name(), each.value()));
    }

    /** What operators have said; a breaker that was closed by hand after it was written forgets what it saw. */
    void readOrders() {
        store.orders().forEach((offering, order) -> {
            OfferingStore.Order before = orders.put(offering, order);
            OfferingStore.State state = states.get(offering);
            boolean isNews =
                    state != null && !order.equals(before) && order.at().isAfter(state.at());
            if (isNews && order.word() == OfferingStore.Word.CLOSE) {
                states.put(offering, new OfferingStore.State(state.record(), Breaker.CLOSED, order.at()));
                dirty.add(offering);
            }
        });
    }

    /** The nodes as they are now. */
    void see(List<Node> nodes, World world, Instant now) {
        Map<PoolName, Integer> came = fleet.see(nodes, now);
        came.keySet().forEach(pool -> seen(pool, now));
        came.forEach((pool, count) -> Optional.ofNullable(pools.get(pool))
                .map(Pool::offering)
                .ifPresent(offering -> askedFor(world, offering, now)
                        .map(Attempt::createdAt)
                        .min(Comparator.naturalOrder())
                        .ifPresent(asked -> note(
                                offering,
                                new OfferingFact.Came(now, count, atLeastNothing(Duration.between(asked, now)))))));
    }

    /** After nodes were looked at: gangs are looked at before. */
    private void countFilled(Instant now) {
        come.forEach(permit -> note(permit.offering(), new OfferingFact.Filled(now, there(permit.offering()))));
        come.clear();
    }

    /** Nodes have come: so many more can be had of their market than was thought at the last shortage. */
    private void seen(PoolName name, Instant now) {
        Pool pool = pools.get(name);
        if (pool != null) {
            int there = there(pool.offering());
            pools.values().stream()
                    .map(Pool::offering)
                    .filter(each -> each.sharesMarketWith(pool.offering())
                            && breaker(each).until() != null)
                    .distinct()
                    .forEach(each -> note(each, new OfferingFact.Seen(now, there)));
        }
    }

    /** How many nodes the market of the offering has given, to whichever pool. */
    /** The offering by which the pool grows; empty where nobody has declared the pool. */
    Optional<Offering> of(PoolName pool) {
        return Optional.ofNullable(pools.get(pool)).map(Pool::offering);
    }

    /** How many nodes of the market of an offering are there beside those that go. */
    int staying(Offering offering, Set<NodeName> going) {
        return market(offering)
                .mapToInt(pool -> fleet.countWithout(pool.name(), going))
                .sum();
    }

    private int there(Offering offering) {
        return market(offering).mapToInt(pool -> fleet.count(pool.name())).sum();
    }

    private Stream<Pool> market(Offering offering) {
        return pools.values().stream().filter(pool -> pool.offering().sharesMarketWith(offering));
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
                Optional.ofNullable(pools.get(pod.pool()))
                        .ifPresent(pool ->
                                note(pool.offering(), new OfferingFact.Interrupted(at, 1, left, fleet.age(node, at))));
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
                                now, Math.max(1, missing(permit, before)), there(permit.offering()), why)));
        world.touch();
    }

    private int missing(Permit permit, Attempt attempt) {
        return Math.max(0, permit.nodes() - fleet.cameSince(permit.offering().pool(), attempt.createdAt()));
    }

    private void note(Offering offering, OfferingFact fact) {
        OfferingStore.State before = states.getOrDefault(
                offering, new OfferingStore.State(TrackRecord.from(fact.at()), Breaker.CLOSED, fact.at()));
        TrackRecord record = before.record().after(fact);
        Breaker breaker =
                before.breaker().after(fact, record, inForce.planSettings().breaker());
        states.put(offering, new OfferingStore.State(record, breaker, fact.at()));
        dirty.add(offering);
        hours.note(offering, fact);
        BreakerState from = before.breaker().state(fact.at());
        BreakerState to = breaker.state(fact.at());
        if (from != to || breaker.opened() != before.breaker().opened()) {
            happened.add(new Event(
                    fact.at(),
                    EventType.BREAKER_CHANGED,
                    Steps.ACTOR,
                    null,
                    null,
                    offering.toString(),
                    null,
                    from.name(),
                    to.name(),
                    Why.of(
                            to.name(),
                            to == BreakerState.OPEN
                                    ? "%s; it asks for no more nodes until %s".formatted(breaker.why(), breaker.until())
                                    : "all nodes came that a gang asked for")));
        }
    }

    /** Those of drained offerings take nobody new. */
    List<Node> usable(List<Node> nodes, Instant now) {
        Set<PoolName> drained = new HashSet<>();
        pools.values().forEach(pool -> {
            if (breaker(pool.offering()).isDraining()) {
                drained.add(pool.name());
            }
        });
        return drained.isEmpty()
                ? nodes
                : nodes.stream()
                        .map(node -> drained.contains(node.pool()) ? node.withReady(false) : node)
                        .toList();
    }

    private Breaker breaker(Offering offering) {
        return OrderedBreaker.of(states.get(offering), orders.get(offering));
    }

    /** Every pool that is declared. */
    List<Pool> pools() {
        return List.copyOf(pools.values());
    }

    /** What a node of each costs in an hour, where somebody said it. */
    Map<PoolName, BigDecimal> prices() {
        Map<PoolName, BigDecimal> prices = new HashMap<>();
        pools.values().forEach(pool -> {
            if (pool.price() != null) {
                prices.put(pool.name(), pool.price());
            }
        });
        return prices;
    }

    /** What pools may still grow. */
    List<Expansion> expansions(World world, Instant now) {
        countFilled(now);
        List<Expansion> expansions = new ArrayList<>();
        for (Pool pool : pools.values()) {
            // A node that is missing of a pool that does not grow is awaited, not asked for.
            if (pool.maxNodes() > pool.nodes()) {
                Optional.of(expansion(pool, world, now))
                        .filter(each -> each.nodes() > 0 || each.asked() > 0)
                        .ifPresent(expansions::add);
            }
        }
        return expansions;
    }

    private Expansion expansion(Pool pool, World world, Instant now) {
        Offering offering = pool.offering();
        List<Attempt> waiting = holders(world, offering);
        int asked = asked(pool, waiting);
        Breaker breaker = breaker(offering);
        OfferingStore.State state = states.get(offering);
        TrackRecord record =
                state == null ? TrackRecord.from(now) : state.record().at(now);
        return new Expansion(
                fleet.spec(pool),
                Math.max(0, pool.maxNodes() - fleet.count(pool.name()) - asked),
                asked,
                waiting.size(),
                breaker.state(now),
                breaker.betterAt(record, now),
                inForce.planSettings().launch().of(record.times(), now),
                Math.max(0.01, record.success()),
                within(breaker, offering, world));
    }

    private int within(Breaker breaker, Offering offering, World world) {
        int asked = breaker.reached() == 0
                ? 0
                : market(offering)
                        .mapToInt(pool -> asked(pool, holders(world, pool.offering())))
                        .sum();
        return breaker.within(there(offering) + asked);
    }

    /** How many nodes these wait for that have not come. */
    private int asked(Pool pool, List<Attempt> waiting) {
        int came = waiting.isEmpty()
                ? 0
                : fleet.cameSince(pool.name(), waiting.get(0).createdAt());
        int asked = waiting.stream()
                .flatMap(attempt -> attempt.permits().stream())
                .filter(permit -> permit.offering().equals(pool.offering()))
                .mapToInt(Permit::nodes)
                .sum();
        return Math.max(0, asked - came);
    }

    /** Attempts that wait for nodes of the offering, the oldest first. */
    private List<Attempt> holders(World world, Offering offering) {
        return world.attempts().stream()
                .filter(attempt -> attempt.state() == AttemptState.LAUNCHING && !filled.contains(attempt.id()))
                .filter(attempt -> attempt.permits().stream()
                        .anyMatch(permit -> permit.offering().equals(offering)))
                .sorted(Comparator.comparing(Attempt::createdAt).thenComparing(Attempt::id))
                .toList();
    }

    /** Attempts for whose nodes it is not too late, whether they have theirs or not. */
    private static Stream<Attempt> askedFor(World world, Offering offering, Instant now) {
        return world.attempts().stream().filter(attempt -> attempt.permits().stream()
                .anyMatch(permit -> permit.offering().equals(offering)
                        && !attempt.createdAt().plus(permit.deadline()).isBefore(now)));
    }

    /** When a breaker is half open next, or not doubtful any more: then somebody may try. */
    Optional<Instant> nextTry(Instant now) {
        return states.keySet().stream()
                .map(offering -> breaker(offering).betterAt(states.get(offering).record(), now))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Writes down what has changed. */
    void write(Instant now) {
        countFilled(now);
        if (writtenAt.plus(WRITE_EVERY).isBefore(now)) {
            fleet.ran(now).forEach((pool, time) -> Optional.ofNullable(pools.get(pool))
                    .ifPresent(each -> note(each.offering(), new OfferingFact.Ran(now, time))));
            writtenAt = now;
        }
        if (!dirty.isEmpty()) {
            Map<Offering, OfferingStore.State> changed = new HashMap<>();
            dirty.forEach(offering -> changed.put(offering, states.get(offering)));
            store.write(changed, happened);
            dirty.clear();
            happened.clear();
        }
        hours.write(standing(now), now);
    }

    private Map<Offering, BreakerState> standing(Instant now) {
        Map<Offering, BreakerState> standing = new HashMap<>();
        pools.values()
                .forEach(pool ->
                        standing.put(pool.offering(), breaker(pool.offering()).state(now)));
        return standing;
    }
}
