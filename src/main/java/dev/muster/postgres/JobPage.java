package dev.muster.postgres;

import dev.muster.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is where the following one begins, null for the last. */
public record JobPage(List<Job> jobs, JobQuery.@Nullable Cursor next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
