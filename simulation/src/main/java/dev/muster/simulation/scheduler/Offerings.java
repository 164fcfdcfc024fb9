package dev.muster.simulation.scheduler;

import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.offering.TrackRecord;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.Forerunners;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.simulation.SimulatedPool;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Muster knows of each offering of each pool, as the service keeps it: how launches went, the breaker, who waits for nodes. */
final class Offerings {
    private final Site site;
    private final PlanSettings settings;
    private final Map<Offering, Known> all = new TreeMap<>();
    private final Known[][] byNumber;

    Offerings(Site site, PlanSettings settings, Instant beginning) {
        this.settings = settings;
        this.site = site;
        this.byNumber = new Known[site.pools()][];
        for (int p = 0; p < site.pools(); p++) {
            byNumber[p] = new Known[site.offerings(p)];
            for (int o = 0; o < byNumber[p].length; o++) {
                byNumber[p][o] = new Known(spec(p, o), p, TrackRecord.from(beginning));
                all.put(byNumber[p][o].spec.offering(), byNumber[p][o]);
            }
        }
    }

    private OfferingSpec spec(int p, int o) {
        PoolSpec pool = site.spec().pools().get(p);
        return new OfferingSpec(
                offering(p, o),
                pool.shape(),
                pool.maxPods(),
                labels(p, o),
                List.of(),
                0,
                pool.max(),
                BigDecimal.valueOf(site.price(p, o)));
    }

    private Offering offering(int p, int o) {
        return Offering.of(site.pool(p), labels(p, o));
    }

    /** What nodes of it are labelled with, but for their names. */
    Map<String, String> labels(int p, int o) {
        PoolName pool = site.pool(p);
        var offering = site.spec().pools().get(p).offerings().get(o);
        Map<String, String> labels = new HashMap<>();
        labels.put(SimulatedPool.POOL, pool.value());
        labels.put("muster.dev/capacity-type", (offering.spot() ? CapacityType.SPOT : CapacityType.ON_DEMAND).word());
        labels.put("node.kubernetes.io/instance-type", offering.name());
        if (!offering.zone().isEmpty()) {
            labels.put("topology.kubernetes.io/zone", offering.zone());
        }
        return labels;
    }

    /** False where no pool may have more nodes than it has, and nobody waits for any: then there is nothing to tell. */
    boolean mayGrow() {
        for (Known known : all.values()) {
            if (site.size(known.pool) < site.spec().pools().get(known.pool).max() || !known.waiting.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * What each may still grow, as far as it matters: no gang that waits has more than {@code pods} pods, and asks for no more
     * nodes; {@code pools}: where some gang that waits may run.
     */
    List<Expansion> expansions(Instant now, int pods, boolean[] pools) {
        List<Expansion> expansions = new ArrayList<>();
        for (Known known : all.values()) {
            int asked = known.asked();
            int room = site.spec().pools().get(known.pool).max() - site.size(known.pool) - askedIn(known.pool);
            if (room > 0 && pools[known.pool] || asked > 0) {
                TrackRecord record = known.record.at(now);
                expansions.add(new Expansion(
                        known.spec,
                        Math.max(0, Math.min(room, pods)),
                        asked,
                        known.waiting.size(),
                        known.breaker.state(now),
                        known.breaker.betterAt(known.record, now),
                        settings.launch().of(record.times(), now),
                        record.success(),
                        within(known)));
            }
        }
        return expansions;
    }

    /** Which of these losses a node may be asked for, at the notice. */
    List<Forerunners.Loss> allowed(List<Forerunners.Loss> losses, Instant now) {
        boolean[] everywhere = new boolean[byNumber.length];
        Arrays.fill(everywhere, true);
        List<Forerunners.Loss> allowed = Forerunners.allowed(
                losses, offering -> there(all.get(offering)), expansions(now, Integer.MAX_VALUE, everywhere), settings);
        for (Forerunners.Loss loss : allowed) {
            if (!mayAsk(new Permit(loss.offering(), 1, Duration.ZERO), now)) {
                throw new IllegalStateException(
                        "A node of %s is asked for ahead, whose breaker is open".formatted(loss.offering()));
            }
        }
        return allowed;
    }

    Offering of(SiteNode node) {
        return byNumber[node.pool][node.offering].spec.offering();
    }

    /** How many nodes may be asked for although the breaker is open. */
    private int within(Known known) {
        return known.breaker.within(
                there(known) + marketOf(known).mapToInt(Known::asked).sum());
    }

    /** How many nodes its market has given, to whichever pool. */
    private int there(Known known) {
        List<Known> market = marketOf(known).toList();
        return (int) site.nodes().stream()
                .filter(node -> !node.leaves() && market.contains(byNumber[node.pool][node.offering]))
                .count();
    }

    private Stream<Known> marketOf(Known known) {
        return all.values().stream().filter(other -> other.spec.offering().sharesMarketWith(known.spec.offering()));
    }

    private int askedIn(int pool) {
        int asked = 0;
        for (Known known : byNumber[pool]) {
            asked += known.asked();
        }
        return asked;
    }

    /** When the first breaker lets somebody try again; {@link Instant#MAX} where none is open. */
    Instant halfOpen(Instant now) {
        Instant first = Instant.MAX;
        for (Known known : all.values()) {
            Instant at = known.breaker.betterAt(known.record, now);
            first = at != null && at.isBefore(first) ? at : first;
        }
        return first;
    }

    void asks(Holder holder) {
        for (Permit permit : holder.permits()) {
            known(permit).waiting.put(holder, permit.nodes());
        }
    }

    private Known known(Permit permit) {
        Known known = all.get(permit.offering());
        if (known == null) {
            throw new IllegalStateException("A permit for %s, which nobody knows".formatted(permit.offering()));
        }
        return known;
    }

    /** The nodes of a holder have come, all of them. */
    void filled(Holder holder, Instant now) {
        for (Permit permit : holder.permits()) {
            Known known = known(permit);
            known.waiting.remove(holder);
            known.see(new OfferingFact.Filled(now, there(known)));
        }
    }

    /** They have not, and what has come is given up. */
    void failed(Holder holder, Instant now, String why) {
        for (Permit permit : holder.permits()) {
            Known known = known(permit);
            int missing = known.waiting.getOrDefault(holder, 0);
            known.waiting.remove(holder);
            if (missing > 0) {
                known.see(new OfferingFact.Failed(now, missing, there(known), why));
            }
        }
    }

    /** How many nodes it still waits for. */
    int missing(Holder holder) {
        return holder.permits().stream()
                .mapToInt(permit -> known(permit).waiting.getOrDefault(holder, 0))
                .sum();
    }

    /** It ended for another reason. */
    void forget(Holder holder) {
        holder.permits().forEach(permit -> known(permit).waiting.remove(holder));
    }

    /** A node has come: it counts for who has waited longest. */
    void came(int pool, int offering, Instant now) {
        Known known = byNumber[pool][offering];
        marketOf(known)
                .filter(each -> each.breaker.until() != null)
                .toList()
                .forEach(each -> each.see(new OfferingFact.Seen(now, there(known))));
        for (Map.Entry<Holder, Integer> entry : known.waiting.entrySet()) {
            if (entry.getValue() > 0) {
                known.see(new OfferingFact.Came(
                        now, 1, Duration.between(entry.getKey().since(), now)));
                entry.setValue(entry.getValue() - 1);
                return;
            }
        }
    }

    /** Who waits for nodes of it, the oldest first. */
    List<Holder> waitingFor(int pool, int offering) {
        return List.copyOf(byNumber[pool][offering].waiting.keySet());
    }

    void interrupted(int pool, int offering, Instant now, Duration age) {
        int left = (int) site.nodes().stream()
                .filter(node -> node.pool == pool && node.offering == offering && !node.leaves())
                .count();
        byNumber[pool][offering].see(new OfferingFact.Interrupted(now, 1, left, age));
    }

    /** Offerings that a provider serves from different stocks. */
    int markets() {
        List<Offering> different = new ArrayList<>();
        for (Offering offering : all.keySet()) {
            if (different.stream().noneMatch(other -> other.sharesMarketWith(offering))) {
                different.add(offering);
            }
        }
        return different.size();
    }

    /** Where placeholders of a holder ask for nodes: only of what it has permits for. */
    long[] of(Holder holder, SiteJob job, int role) {
        long[] bits = new long[byNumber.length];
        for (int p = 0; p < bits.length; p++) {
            for (int o = 0; job.mayRunIn(role, p) && o < byNumber[p].length; o++) {
                Offering offering = byNumber[p][o].spec.offering();
                if (holder.permits().stream()
                        .anyMatch(permit -> permit.offering().equals(offering))) {
                    bits[p] |= 1L << o;
                }
            }
        }
        return bits;
    }

    /** False where the breaker is open, and it is for more nodes than the market had when it opened. */
    boolean mayAsk(Permit permit, Instant now) {
        Known known = known(permit);
        return known.breaker.state(now) != BreakerState.OPEN || permit.nodes() <= within(known);
    }

    /** One offering of one pool. */
    private final class Known {
        private final OfferingSpec spec;
        private final int pool;
        /** Nodes that have not come, by who waits for them. */
        private final Map<Holder, Integer> waiting = new java.util.LinkedHashMap<>();

        private TrackRecord record;
        private Breaker breaker = Breaker.CLOSED;

        Known(OfferingSpec spec, int pool, TrackRecord record) {
            this.spec = spec;
            this.pool = pool;
            this.record = record;
        }

        int asked() {
            return waiting.values().stream().mapToInt(Integer::intValue).sum();
        }

        void see(OfferingFact fact) {
            record = record.after(fact);
            breaker = breaker.after(fact, record, settings.breaker());
        }
    }
}
