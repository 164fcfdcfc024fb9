package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.postgres.OfferingHourStore;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.OfferingHour;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How offerings do, hour by hour: what was seen and is not written yet. Used by the cycle's thread alone. */
@ApplicationScoped
public class HourBook {
    /** Of a longer time nobody has looked, nobody knows. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** What is less is kept for the next time: seconds are what is written. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final OfferingHourStore store;
    private final Duration keep;
    private final Map<Key, OfferingHour> unwritten = new HashMap<>();
    private Instant looked = Instant.EPOCH;

    HourBook(OfferingHourStore store, Settings settings) {
        this.store = store;
        this.keep = settings.history().keep();
    }

    private record Key(Offering offering, Instant hour) {}

    /** What a leader before has seen is written, or lost with it. */
    void begin() {
        unwritten.clear();
        looked = Instant.EPOCH;
    }

    void note(Offering offering, OfferingFact fact) {
        unwritten.compute(
                key(offering, fact.at()),
                (key, hour) -> (hour == null ? OfferingHour.of(offering, fact.at()) : hour).after(fact));
    }

    /** The breakers as they are now, and so were since they were looked at last; then all is written. */
    void write(Map<Offering, BreakerState> breakers, Instant now) {
        if (Duration.between(looked, now).compareTo(LEAST) < 0) {
            return;
        }
        Instant from = Duration.between(looked, now).compareTo(LONGEST) > 0 ? now : looked;
        breakers.forEach((offering, state) -> stood(offering, state, from, now));
        looked = now;
        unwritten.values().removeIf(OfferingHour::isEmpty);
        if (!unwritten.isEmpty()) {
            store.add(List.copyOf(unwritten.values()), now.minus(keep));
            unwritten.clear();
        }
    }

    private void stood(Offering offering, BreakerState state, Instant from, Instant to) {
        if (state == BreakerState.CLOSED) {
            return;
        }
        for (Instant at = from; at.isBefore(to); ) {
            Instant next = at.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            Duration part = Duration.between(at, next.isBefore(to) ? next : to);
            Instant begin = at;
            unwritten.compute(key(offering, at), (key, hour) -> (hour == null ? OfferingHour.of(offering, begin) : hour)
                    .stood(
                            state == BreakerState.OPEN ? part : Duration.ZERO,
                            state == BreakerState.HALF_OPEN ? part : Duration.ZERO));
            at = next;
        }
    }

    private static Key key(Offering offering, Instant at) {
        return new Key(offering, at.truncatedTo(ChronoUnit.HOURS));
    }
}
