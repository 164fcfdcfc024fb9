package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One verb for all jobs of a filter: first who it would meet, then, {@code done}, whom it met. {@code until} is the newest job that
 * was looked at: what is submitted later is left alone.
 */
public record BulkPage(
        Frame frame,
        JobFilter filter,
        String verb,
        String word,
        long count,
        boolean more,
        List<JobRow> rows,
        @Nullable String until,
        boolean done,
        List<String> refusals) {
    /** {@code 1 job}, {@code 12 jobs}. */
    public String text() {
        return count == 1 ? "1 job" : count + " jobs";
    }
}
