package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom: the gangs of a queue that a plan held for one reason, what the first of them lacks, and who holds it. All numbers
 * are those of the ledger that the plan was made with.
 */
public record Waits(List<Line> lines) {
    public Waits {
        lines = List.copyOf(lines);
    }

    /**
     * {@code gangs} of a queue, all held for {@code code}; of a resource ({@code key}: {@code cpu}, or {@code cpu.spot-a} of one pool) that
     * the {@code first} lacks: what it asks and all of them ask, what their queue holds, and how much there is: of the capability of
     * {@code within}, or of all nodes where that is null. {@code holders} hold all that is held of it, the largest first.
     */
    public record Line(
            QueueName queue,
            ReasonCode code,
            int gangs,
            JobId first,
            String resource,
            String key,
            long asked,
            long askedByAll,
            Share own,
            @Nullable QueueName within,
            long limit,
            long free,
            List<Holder> holders) {
        public Line {
            holders = List.copyOf(holders);
        }
    }

    /** What a queue has of a resource; {@code deserved} is null where the queue says nothing of it. */
    public record Share(long used, long guarantee, @Nullable Long deserved) {
        /** What it borrows: holds above what it deserves. */
        public long borrowed() {
            return deserved == null ? 0 : Math.max(0, used - deserved);
        }

        /** What is kept for it while it does not use it. */
        public long idle() {
            return Math.max(0, guarantee - used);
        }
    }

    /**
     * A queue that holds some of it, or for which some is kept idle. Of what it holds {@code wouldGive} could be ended by right for the first
     * gang that waits, were it needed; the rest stays, by why.
     */
    public record Holder(QueueName queue, Share share, long wouldGive, SortedMap<Stays, Long> stays) {
        public Holder {
            stays = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(stays));
        }
    }

    /** Why what somebody holds is not ended for who waits. */
    public enum Stays {
        /** It deserves what it holds. */
        DESERVED,
        /** Who waits would hold more than its own queue deserves. */
        TAKER_ABOVE_DESERVED,
        /** Without it a queue would hold less than it is guaranteed. */
        GUARANTEED,
        /** Its whole gang would take its queue below what it deserves. */
        TOO_LARGE,
        /** Its priority is not lower, or the class of who waits may not preempt. */
        PRIORITY,
        /** It is beyond a fence. */
        FENCE,
        /** It began a short while ago. */
        PROTECTED,
        /** It was evicted as often as it may be. */
        EVICTED_ENOUGH,
        /** Its pods have no node yet, or leave already. */
        MOVING,
        /** The policy lets no queue win back what it deserves. */
        RECLAIM_OFF,
        /** The policy lets nobody preempt. */
        PREEMPTION_OFF
    }

    /** Of every queue in which gangs wait, by name and reason; at most {@code most} lines, those of most gangs. */
    public static Waits of(Snapshot snapshot, Plan plan, int most) {
        return new WaitFinder(snapshot, plan).find(most);
    }
}
