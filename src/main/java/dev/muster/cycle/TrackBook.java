package dev.muster.cycle;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.postgres.OfferingStore;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.breaker.BreakerRules;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.TrackRecord;
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

/** Track records and breakers of offerings, what operators have said of them, and what of it is not written down yet. */
final class TrackBook {
    private final SortedMap<Offering, OfferingStore.State> states = new TreeMap<>();
    private final Map<Offering, OfferingStore.Order> orders = new HashMap<>();
    private final Set<Offering> dirty = new HashSet<>();
    private final List<Event> happened = new ArrayList<>();

    void begin(OfferingStore store) {
        states.clear();
        states.putAll(store.states());
        dirty.clear();
        happened.clear();
        orders.clear();
        read(store.orders());
    }

    /** What operators have said; a breaker that was closed by hand after it was written forgets what it saw. */
    void read(Map<Offering, OfferingStore.Order> all) {
        all.forEach((offering, order) -> {
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

    void note(Offering offering, OfferingFact fact, BreakerRules rules) {
        OfferingStore.State before = states.getOrDefault(
                offering, new OfferingStore.State(TrackRecord.from(fact.at()), Breaker.CLOSED, fact.at()));
        TrackRecord record = before.record().after(fact);
        Breaker breaker = before.breaker().after(fact, record, rules);
        states.put(offering, new OfferingStore.State(record, breaker, fact.at()));
        dirty.add(offering);
        BreakerState from = before.breaker().state(fact.at());
        BreakerState to = breaker.state(fact.at());
        if (from != to || breaker.opened() != before.breaker().opened()) {
            happened.add(moved(offering, breaker, from, to, fact.at()));
        }
    }

    private static Event moved(Offering offering, Breaker breaker, BreakerState from, BreakerState to, Instant at) {
        String message = to == BreakerState.OPEN
                ? "%s; it asks for no more nodes until %s".formatted(breaker.why(), breaker.until())
                : "all nodes came that a gang asked for";
        return new Event(
                at,
                EventType.BREAKER_CHANGED,
                Steps.ACTOR,
                null,
                null,
                offering.toString(),
                null,
                from.name(),
                to.name(),
                Why.of(to.name(), message));
    }

    /** With what an operator has said of it. */
    Breaker breaker(Offering offering) {
        return OrderedBreaker.of(states.get(offering), orders.get(offering));
    }

    TrackRecord record(Offering offering, Instant now) {
        OfferingStore.State state = states.get(offering);
        return state == null ? TrackRecord.from(now) : state.record().at(now);
    }

    /** When a breaker is half open next, or not doubtful any more: then somebody may try. */
    Optional<Instant> nextTry(Instant now) {
        return states.keySet().stream()
                .map(offering -> breaker(offering).betterAt(states.get(offering).record(), now))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Writes down what has changed. */
    void write(OfferingStore store) {
        if (!dirty.isEmpty()) {
            Map<Offering, OfferingStore.State> changed = new HashMap<>();
            dirty.forEach(offering -> changed.put(offering, states.get(offering)));
            store.write(changed, happened);
            dirty.clear();
            happened.clear();
        }
    }
}
