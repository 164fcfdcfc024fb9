package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.cycle.ConsolidationOrders;
import dev.muster.cycle.Wake;
import dev.muster.postgres.ConsolidationStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.quota.consolidation.Consolidation;
import dev.muster.quota.consolidation.Proposal;
import dev.muster.quota.consolidation.Rules;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Which nodes could be emptied now, and the word to do it. Nothing is touched by asking. */
@ApplicationScoped
public class Consolidations {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Board board;
    private final Packing packing;
    private final PolicyStore policies;
    private final ConsolidationStore store;
    private final ConsolidationOrders orders;
    private final Wake wake;
    private final InstantSource clock;

    Consolidations(
            Board board,
            Packing packing,
            PolicyStore policies,
            ConsolidationStore store,
            ConsolidationOrders orders,
            Wake wake,
            InstantSource clock) {
        this.board = board;
        this.packing = packing;
        this.policies = policies;
        this.store = store;
        this.orders = orders;
        this.wake = wake;
        this.clock = clock;
    }

    /** {@code left} nodes may still be emptied in this hour. */
    public record Offer(Instant at, Rules rules, int left, List<Proposal> proposals) {}

    /** By the last plan's snapshot; empty where another replica plans. */
    public Optional<Offer> offer() {
        return board.view().map(view -> {
            Policy policy = policies.current();
            Rules rules = Rules.of(
                    PolicyFields.effective(policy.values()), policy.settings().eviction());
            int left = Math.max(0, rules.perHour() - store.since(clock.instant().minus(HOUR)));
            return new Offer(
                    view.snapshot().now(),
                    rules,
                    left,
                    Consolidation.propose(view.snapshot(), rules, packing.prices()));
        });
    }

    /** The next cycle looks whether it still holds, and does it. */
    public void order(List<Proposal> proposals, String actor, String why) {
        Instant now = clock.instant();
        proposals.forEach(proposal -> orders.want(proposal.node(), new ConsolidationOrders.Order(actor, why, now)));
        wake.now();
    }
}
