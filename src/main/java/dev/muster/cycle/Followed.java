package dev.muster.cycle;

import dev.muster.event.EventCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The transactions of this leader whose every move its world has followed: what the feed shows of them is no news. What is written
 * in any other is, whoever signs it. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class Followed {
    /** Of more, where the feed is held back for long, the oldest are forgotten: then their jobs are read again, no more. */
    static final int MOST = 5_000;

    private final TreeSet<Long> transactions = new TreeSet<>(Long::compareUnsigned);

    /** Only after the world has followed all that was written to jobs in them. */
    void add(Collection<Long> all) {
        transactions.addAll(all);
        while (transactions.size() > MOST) {
            transactions.pollFirst();
        }
    }

    /** The feed was read up to there, and shows no older ones any more. */
    void forgetBefore(EventCursor place) {
        transactions.headSet(place.transaction(), false).clear();
    }

    /** The world is read anew. */
    void clear() {
        transactions.clear();
    }

    Set<Long> transactions() {
        return Set.copyOf(transactions);
    }
}
