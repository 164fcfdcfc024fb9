package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.QueueName;
import org.jspecify.annotations.Nullable;

/** Pending jobs of one queue that ask the same: they are looked at once as long as they cannot start. */
final class Group {
    static final int UNNUMBERED = -1;

    /** Of those of one crowd. */
    final int number;

    final int queue;
    final GangShape shape;
    /** What the gang asks for sure, wide. */
    final long[] asked;
    /** As if no pool were in back-off; the same object as {@code shape} for most. */
    final GangShape unhindered;

    final PendingJob sample;
    final Members members = new Members();
    Standing standing = Standing.MAY_START;
    /** In which pass it was entered last. */
    int pass;

    /** How that pass began. */
    boolean mayStartAtFirst;

    /** Found in this pass: it fits, but not beside what is reserved. */
    @Nullable
    Reason behind;

    /** What was found of the group so far in this pass. */
    enum Standing {
        MAY_START,
        /** Not in quota, or its queue launches nothing. */
        REFUSED,
        WAITS_FOR_NODES
    }

    /** {@code queue} is the ledger's number, {@code sample} any job of the group. */
    Group(int queue, GangShape shape, long[] asked, PendingJob sample) {
        this(UNNUMBERED, queue, shape, shape, asked, sample);
    }

    Group(int number, int queue, GangShape shape, GangShape unhindered, long[] asked, PendingJob sample) {
        this.number = number;
        this.queue = queue;
        this.shape = shape;
        this.unhindered = unhindered;
        this.asked = asked;
        this.sample = sample;
    }

    QueueName queueName() {
        return sample.queue();
    }
}
