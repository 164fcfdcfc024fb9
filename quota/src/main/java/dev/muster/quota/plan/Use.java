package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counts as used when turns are given: what a queue holds, or, where the snapshot says so, what it used of late and what
 * this cycle gave it on top. Never what counts for quota.
 */
final class Use {
    private final Ledger ledger;
    private final int width;
    private final long @Nullable [] offset;

    Use(World world, Map<QueueName, Resources> decayed) {
        this.ledger = world.ledger;
        this.width = world.index.size();
        if (decayed.isEmpty()) {
            offset = null;
            return;
        }
        offset = new long[ledger.queues() * width];
        Map<QueueName, Resources> all = world.tree.used(decayed);
        for (int q = 0; q < ledger.queues(); q++) {
            long[] amounts = world.index.vector(all.getOrDefault(ledger.name(q), Resources.NONE));
            for (int r = 0; r < width; r++) {
                offset[q * width + r] = amounts[r] - ledger.used(q, r);
            }
        }
    }

    /** Of the queue and those below it. */
    double of(int queue, int resource) {
        double held = ledger.used(queue, resource);
        return offset == null || resource >= width ? held : held + offset[queue * width + resource];
    }
}
