package dev.muster.postgres;

import dev.muster.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is where the following one begins, null for the last. */
public record JobPage(Found<Job> found, JobQuery.@Nullable Cursor next) {
    public static final JobPage EMPTY = new JobPage(new Found<>(List.of(), List.of()), null);

    /** Those that can be read. */
    public List<Job> jobs() {
        return found.read();
    }
}
