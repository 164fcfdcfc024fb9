package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/**
 * A job that takes part in a contest, with its group. One that is known by numbers alone has its group when somebody asks: of most
 * who might start when a pass begins nobody does, for the first have taken their room.
 */
class Entry {
    /** Not looked at before somebody asks: that alone costs more than all that is known by numbers. */
    final Object job;

    private final int queue;
    private @Nullable Group group;

    Entry(PendingJob job, Group group) {
        this.job = job;
        this.queue = group.queue;
        this.group = group;
    }

    /** {@link #found} will have the group. */
    Entry(Object job, int queue) {
        this.job = job;
        this.queue = queue;
    }

    PendingJob job() {
        return (PendingJob) job;
    }

    /** The ledger's number. */
    int queue() {
        return queue;
    }

    Group group() {
        Group known = group;
        if (known == null) {
            known = found();
            group = known;
        }
        return known;
    }

    Group found() {
        throw new IllegalStateException("Job %s has no group".formatted(job().id()));
    }

    /** What the gang asks for sure, wide. */
    long[] asked() {
        return group().asked;
    }

    /** Of the group. */
    int number() {
        return group().number;
    }

    /** {@link JobOrder.Inside#key}, which some know without a look at the job. */
    long key(JobOrder.Inside order) {
        return order.key(job());
    }

    /** True where nobody has asked for its group: it had no turn since the pass began. */
    boolean isUnseen() {
        return group == null;
    }

    boolean mayStartAtFirst() {
        return group().mayStartAtFirst;
    }
}
