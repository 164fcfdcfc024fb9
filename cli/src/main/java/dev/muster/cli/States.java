package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the states of jobs mean to the command. */
public final class States {
    static final List<String> ALL = List.of(
            "BLOCKED",
            "QUEUED",
            "LAUNCHING",
            "RUNNING",
            "SUSPENDING",
            "SUSPENDED",
            "CANCELLING",
            "SUCCEEDED",
            "FAILED",
            "CANCELLED",
            "EXPIRED");

    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED");

    private States() {}

    public static boolean isFinal(@Nullable String state) {
        return state != null && FINAL.contains(state);
    }

    public static String of(Job job) {
        JobStatus status = job.status();
        return status == null ? "" : status.state();
    }
}
