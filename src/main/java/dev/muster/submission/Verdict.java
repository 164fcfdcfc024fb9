package dev.muster.submission;

import dev.muster.job.Job;
import dev.muster.problem.MusterException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one that was asked for by itself: the jobs that it is now, or why it is none. */
public record Verdict(List<Job> jobs, @Nullable MusterException refused) {
    public Verdict {
        jobs = List.copyOf(jobs);
    }

    static Verdict accepted(List<Job> jobs) {
        return new Verdict(jobs, null);
    }

    static Verdict refused(MusterException why) {
        return new Verdict(List.of(), why);
    }
}
