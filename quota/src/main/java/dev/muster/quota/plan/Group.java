package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.name.QueueName;
import org.jspecify.annotations.Nullable;

/** Pending jobs of one queue that ask the same: they are looked at once as long as they cannot start. */
final class Group {
    static final int UNNUMBERED = -1;

    final int queue;
    final GangShape shape;
    /** What the gang asks for sure, wide. */
    final long[] asked;
    /** As if no pool were in back-off; the same object as {@code shape} for most. */
    final GangShape unhindered;

    final PendingJob sample;
    /** The number of {@code shape}. */
    final int shapeNumber;

    final Members members = new Members();
    Standing standing = Standing.MAY_START;
    /** In which pass it was entered last. */
    int pass;

    /** Of this pass: how it began, and who of it may take room from others. */
    boolean mayStartAtFirst;

    @Nullable
    PendingJob taker;

    /** Of {@link #taker}: {@link JobOrder#key}, aging not counted. */
    long takerKey;

    /** Nobody gives way for it in this pass; it was drawn to be looked at all the same. */
    boolean hopeless;

    boolean drawn;

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
        this(queue, shape, UNNUMBERED, shape, asked, sample);
    }

    Group(int queue, GangShape shape, int shapeNumber, GangShape unhindered, long[] asked, PendingJob sample) {
        this.queue = queue;
        this.shape = shape;
        this.shapeNumber = shapeNumber;
        this.unhindered = unhindered;
        this.asked = asked;
        this.sample = sample;
    }

    QueueName queueName() {
        return sample.queue();
    }
}
