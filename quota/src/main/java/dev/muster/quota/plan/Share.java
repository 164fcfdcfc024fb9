package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue stands among its siblings if it started a certain job next. {@code within}: it stays within what it deserves,
 * then {@code value} is the largest (used + asked) ÷ deserved of a resource that the job asks; else the largest
 * (used + asked − deserved) ÷ (weight × supply). {@code largest} is the resource that says so, null where none is asked;
 * {@code since} is when the job began to wait.
 */
public record Share(
        QueueName queue,
        boolean within,
        double value,
        @Nullable String largest,
        Instant since) implements Comparable<Share> {
    /** {@code asked}: what the job asks, wide. */
    static Share of(World world, int queue, long[] asked, Instant since) {
        Ledger ledger = world.ledger;
        double within = 0;
        double beyond = 0;
        int mostWithin = -1;
        int mostBeyond = -1;
        for (int r = 0; r < asked.length; r++) {
            if (asked[r] > 0) {
                double after = world.use.of(queue, r) + asked[r];
                double deserved = ledger.deserved(queue, r);
                double above = after > deserved
                        ? (after - deserved) / ((double) ledger.weight(queue, r) * ledger.supply(r))
                        : 0;
                if (mostWithin < 0 || after / deserved > within) {
                    within = after / deserved;
                    mostWithin = r;
                }
                if (mostBeyond < 0 || above > beyond) {
                    beyond = above;
                    mostBeyond = r;
                }
            }
        }
        boolean isWithin = within <= 1;
        int most = isWithin ? mostWithin : mostBeyond;
        return new Share(
                ledger.name(queue), isWithin, isWithin ? within : beyond, most < 0 ? null : world.words(most), since);
    }

    /** Before others is who is within what it deserves, then who has the smaller share, then who waits longer, then the name. */
    @Override
    public int compareTo(Share other) {
        if (within != other.within) {
            return within ? -1 : 1;
        }
        int byValue = Double.compare(value, other.value);
        if (byValue != 0) {
            return byValue;
        }
        int bySince = since.compareTo(other.since);
        return bySince != 0 ? bySince : queue.compareTo(other.queue);
    }
}
