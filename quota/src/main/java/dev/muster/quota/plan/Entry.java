package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/**
 * A job that takes part in a contest, with its group. One that is known by numbers alone has its group when somebody asks: of most
 * who might start when a pass begins nobody does, for the first have taken their room.
 */
class Entry {
    private final PendingJob job;
    private final int queue;
    private @Nullable Group group;

    Entry(PendingJob job, Group group) {
        this.job = job;
        this.queue = group.queue;
        this.group = group;
    }

    /** {@link #found} will have the group. */
    Entry(PendingJob job, int queue) {
        this.job = job;
        this.queue = queue;
    }

    PendingJob job() {
        return job;
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
        throw new IllegalStateException("Job %s has no group".formatted(job.id()));
    }

    /** True where nobody has asked for its group: it might start when the pass began, and had no turn since. */
    boolean isUnseen() {
        return group == null;
    }

    boolean mightStartAtFirst() {
        Group known = group;
        return known == null || known.mayStartAtFirst;
    }
}
