package dev.muster.quota.plan;

import dev.muster.quota.offering.Offering;
import java.time.Duration;

/**
 * The right of one gang to make an offering grow by {@code nodes} nodes, within {@code deadline}: where they have not come by
 * then, everything of the gang is released.
 */
public record Permit(Offering offering, int nodes, Duration deadline) {
    public Permit {
        if (nodes < 1 || deadline.isNegative()) {
            throw new IllegalArgumentException(
                    "Bad permit for %d nodes of %s within %s: expected 1 or more, and 0 or more"
                            .formatted(nodes, offering, deadline));
        }
    }
}
