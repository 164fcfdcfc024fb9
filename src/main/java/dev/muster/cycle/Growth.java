package dev.muster.cycle;

import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.pool.Pool;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.TrackRecord;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.PlanSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What pools may still grow at one moment. {@code filled}: attempts whose nodes have all come, which wait for none any more. */
record Growth(
        Markets markets,
        Fleet fleet,
        TrackBook tracks,
        Collection<Attempt> attempts,
        Set<AttemptId> filled,
        PlanSettings settings,
        Instant now) {

    List<Expansion> expansions() {
        List<Expansion> expansions = new ArrayList<>();
        for (Pool pool : markets.pools()) {
            // A node that is missing of a pool that does not grow is awaited, not asked for.
            if (pool.maxNodes() > pool.nodes()) {
                Optional.of(expansion(pool))
                        .filter(each -> each.nodes() > 0 || each.asked() > 0)
                        .ifPresent(expansions::add);
            }
        }
        return expansions;
    }

    private Expansion expansion(Pool pool) {
        Offering offering = pool.offering();
        List<Attempt> waiting = holders(offering);
        int asked = asked(pool, waiting);
        Breaker breaker = tracks.breaker(offering);
        TrackRecord record = tracks.record(offering, now);
        return new Expansion(
                fleet.spec(pool),
                Math.max(0, pool.maxNodes() - fleet.count(pool.name()) - asked),
                asked,
                waiting.size(),
                breaker.state(now),
                breaker.betterAt(record, now),
                settings.launch().of(record.times(), now),
                Math.max(0.01, record.success()),
                within(breaker, offering));
    }

    private int within(Breaker breaker, Offering offering) {
        int asked = breaker.reached() == 0
                ? 0
                : markets.sharing(offering)
                        .mapToInt(pool -> asked(pool, holders(pool.offering())))
                        .sum();
        return breaker.within(markets.there(offering) + asked);
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
    private List<Attempt> holders(Offering offering) {
        return attempts.stream()
                .filter(attempt -> attempt.state() == AttemptState.LAUNCHING && !filled.contains(attempt.id()))
                .filter(attempt -> attempt.permits().stream()
                        .anyMatch(permit -> permit.offering().equals(offering)))
                .sorted(Comparator.comparing(Attempt::createdAt).thenComparing(Attempt::id))
                .toList();
    }
}
