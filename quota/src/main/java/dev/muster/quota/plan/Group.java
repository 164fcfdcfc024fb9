package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pending jobs of one queue that ask the same: they are looked at once as long as they cannot start. */
final class Group {
    final int queue;
    final GangShape shape;
    /** What the gang asks for sure, wide. */
    final long[] asked;

    final PendingJob sample;
    Standing standing = Standing.MAY_START;
    /** Found in this pass: it fits, but not beside what is reserved. */
    @Nullable
    Reason behind;

    private @Nullable Reasons reasons;

    /** What was found of the group so far in this pass. */
    enum Standing {
        MAY_START,
        /** Not in quota, or its queue launches nothing. */
        REFUSED,
        WAITS_FOR_NODES
    }

    /** {@code queue} is the ledger's number, {@code sample} any job of the group. */
    Group(int queue, GangShape shape, long[] asked, PendingJob sample) {
        this.queue = queue;
        this.shape = shape;
        this.asked = asked;
        this.sample = sample;
    }

    QueueName queueName() {
        return sample.queue();
    }

    /** Why its jobs wait, in words when read; {@code explainer} is asked once the cycle is over. */
    List<Reason> reasons(Explainer explainer) {
        if (reasons == null) {
            reasons = new Reasons(() -> new ArrayList<>(explainer.whyNot(this, List.of())));
        }
        return reasons;
    }
}
