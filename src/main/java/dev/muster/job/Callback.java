package dev.muster.job;

import java.util.List;

/** An address that is told when a job gets into one of these states. */
public record Callback(String url, List<JobState> on) {
    public Callback {
        on = on.stream().distinct().sorted().toList();
    }
}
