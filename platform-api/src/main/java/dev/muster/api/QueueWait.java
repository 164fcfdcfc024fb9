package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom: the {@code gangs} of a queue that are held for the same {@code reason}, and a {@code resource} that the first of them
 * lacks ({@code cpu}, or {@code cpu.spot-a} of one pool). It asks {@code asked}, all together ask {@code askedByAll}; of the {@code limit},
 * the capability of the queue {@code within} or what all nodes have, {@code free} is left. {@code first} is null for who may not see
 * the queue's jobs. {@code holders} hold the rest; those that the caller may not see are one without a name.
 */
public record QueueWait(
        String queue,
        String reason,
        int gangs,
        @Nullable String first,
        String resource,
        String asked,
        String askedByAll,
        Share own,
        @Nullable String within,
        String limit,
        String free,
        List<Holder> holders) {
    /** {@code borrowed} is what it holds above what it deserves, {@code idle} what is kept for it and not used. */
    public record Share(
            String used, String guarantee, @Nullable String deserved, String borrowed, String idle) {}

    /**
     * {@code wouldGive}: what could be ended by right for who waits, were it needed. The rest {@code stays}: amounts by why, which is DESERVED,
     * TAKER_ABOVE_DESERVED, GUARANTEED, TOO_LARGE, PRIORITY, FENCE, PROTECTED, EVICTED_ENOUGH, MOVING, RECLAIM_OFF or PREEMPTION_OFF.
     */
    public record Holder(
            @Nullable String queue, int queues, Share share, String wouldGive, Map<String, String> stays) {}
}
