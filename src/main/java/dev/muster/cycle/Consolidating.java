package dev.muster.cycle;

import dev.muster.event.Why;
import dev.muster.pool.Pool;
import dev.muster.postgres.ConsolidationStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.consolidation.Consolidation;
import dev.muster.quota.consolidation.Proposal;
import dev.muster.quota.consolidation.Rules;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.usage.NodePrice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Step 4, after everything else: empties nodes whose few pods have room elsewhere, where somebody or the policy wants it. Who moves
 * gives way as for an eviction; the growth of the next plans brings pods above the minimum back on fuller nodes.
 */
@ApplicationScoped
public class Consolidating {
    private static final Duration HOUR = Duration.ofHours(1);
    /** How often it is looked by itself where nothing else happens. */
    private static final Duration BEAT = Duration.ofMinutes(1);

    private final InForce inForce;
    private final PoolStore pools;
    private final ConsolidationStore store;
    private final ConsolidationOrders orders;
    private final MakingRoom room;
    private Instant next = Instant.MIN;

    Consolidating(
            InForce inForce, PoolStore pools, ConsolidationStore store, ConsolidationOrders orders, MakingRoom room) {
        this.inForce = inForce;
        this.pools = pools;
        this.store = store;
        this.orders = orders;
        this.room = room;
    }

    boolean isAsked() {
        return orders.isAny();
    }

    /** When to look again although nothing has happened; null where nobody wants it. */
    @Nullable
    Instant again(Snapshot snapshot) {
        boolean wanted = orders.isAny() || inForce.consolidation().automatic();
        return wanted && !snapshot.live().isEmpty() ? snapshot.now().plus(BEAT) : null;
    }

    /** Returns the jobs whose attempts are to be let go now. */
    Set<JobId> act(Snapshot snapshot, Plan plan, World world, Instant now) {
        Rules rules = inForce.consolidation();
        Map<NodeName, ConsolidationOrders.Order> asked = orders.at(now);
        if (asked.isEmpty() && (!rules.automatic() || now.isBefore(next))) {
            return Set.of();
        }
        next = now.plus(BEAT);
        int left = rules.perHour() - store.since(now.minus(HOUR));
        if (left <= 0) {
            return Set.of();
        }
        Touched touched = Touched.of(plan);
        Set<JobId> gone = new TreeSet<>();
        for (Proposal proposal : Consolidation.propose(snapshot, rules, prices(pools.all()))) {
            ConsolidationOrders.Order order = asked.get(proposal.node());
            if (left > 0
                    && (order != null || rules.automatic())
                    && touched.leavesAlone(proposal)
                    && isKnown(proposal, world)) {
                orders.done(proposal.node());
                Plan moves = inForce.withhold(new Plan(proposal.decisions()), snapshot, world);
                if (moves.decisions().size() == proposal.moves().size()) {
                    gone.addAll(
                            room.make(moves, world, now, () -> store.write(List.of(emptied(proposal, order)), now)));
                    left--;
                }
            }
        }
        return gone;
    }

    private static boolean isKnown(Proposal proposal, World world) {
        return proposal.moves().stream()
                .allMatch(move -> world.job(move.attempt().job()).isPresent());
    }

    private static ConsolidationStore.Emptied emptied(Proposal proposal, ConsolidationOrders.@Nullable Order order) {
        Why first = Why.of(proposal.decisions().get(0).reason());
        int pods = proposal.moves().stream().mapToInt(Proposal.Move::count).sum();
        return new ConsolidationStore.Emptied(
                proposal.node(),
                proposal.pool(),
                pods,
                order == null ? Steps.ACTOR : order.actor(),
                new Why(
                        first.code(),
                        order == null ? first.message() : order.why() + ": " + first.message(),
                        null,
                        first.numbers()));
    }

    /** What a node of each pool costs now. */
    public static Map<PoolName, NodePrice> prices(List<Versioned<Pool>> pools) {
        Map<PoolName, NodePrice> prices = new HashMap<>();
        for (Versioned<Pool> versioned : pools) {
            Pool pool = versioned.value();
            prices.put(pool.name(), new NodePrice(Instant.EPOCH, pool.price(), pool.resources()));
        }
        return prices;
    }

    /** What the plan of the same cycle does: the snapshot is not the world any more there. */
    private record Touched(Set<JobId> jobs, Set<NodeName> nodes) {
        static Touched of(Plan plan) {
            Set<JobId> jobs = new HashSet<>();
            Set<NodeName> nodes = new HashSet<>();
            List<LiveAttempt.Held> promised = new ArrayList<>();
            for (Decision decision : plan.decisions()) {
                if (decision instanceof Decision.Launch launch) {
                    promised.addAll(launch.promise());
                } else if (decision instanceof Decision.Grow grow) {
                    promised.addAll(grow.promise());
                }
                if (!(decision instanceof Decision.Hold)) {
                    jobs.add(decision.job());
                }
            }
            promised.forEach(held -> {
                if (held.node() != null) {
                    nodes.add(held.node());
                }
            });
            return new Touched(jobs, nodes);
        }

        boolean leavesAlone(Proposal proposal) {
            return !nodes.contains(proposal.node())
                    && proposal.moves().stream()
                            .allMatch(move -> !jobs.contains(move.attempt().job())
                                    && move.to().keySet().stream().noneMatch(nodes::contains));
        }
    }
}
