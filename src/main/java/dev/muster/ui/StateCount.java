package dev.muster.ui;

import dev.muster.job.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How many jobs are in a state. */
public record StateCount(StateMark state, long count) {
    /** Every state in the order of a job's life, also those without a job. */
    static List<StateCount> all(Map<String, Long> counts) {
        return Arrays.stream(JobState.values())
                .map(state -> new StateCount(new StateMark(state), counts.getOrDefault(state.name(), 0L)))
                .toList();
    }

    /** Grouped by thousands. */
    public String text() {
        return String.format(java.util.Locale.ENGLISH, "%,d", count);
    }

    public String href() {
        return "/ui/jobs?state=" + state.value();
    }
}
