package dev.muster.ui;

import java.util.List;

/**
 * One verb for all jobs of a filter: first who it would meet, then, {@code done}, how many it met. {@code ids} are those that it would
 * meet, with commas between: no other is touched.
 */
public record BulkPage(
        Frame frame,
        JobFilter filter,
        String verb,
        long count,
        boolean more,
        List<JobRow> rows,
        String ids,
        boolean done,
        List<String> refusals) {
    /** {@code 1 job}, {@code 12 jobs}. */
    public String text() {
        return count == 1 ? "1 job" : count + " jobs";
    }
}
