package dev.muster.postgres;

import dev.muster.quota.name.JobId;

/**
 * A row that this service cannot read: damaged, or written by a newer one. Nothing else is wrong, so whoever reads many goes on
 * without it.
 */
public final class UnreadableRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JobId job;
    private final String table;

    UnreadableRow(String table, JobId job, RuntimeException cause) {
        super("The row of job %s in table %s of the database cannot be read".formatted(job, table), cause);
        this.table = table;
        this.job = job;
    }

    /** Whose row it is. */
    public JobId job() {
        return job;
    }

    public String table() {
        return table;
    }
}
