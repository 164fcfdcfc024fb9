package dev.muster.ui;

import dev.muster.job.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many jobs are in a state. */
public record StateCount(StateMark state, long count) {
    /** Every state in the order of a job's life, also those without a job. */
    static List<StateCount> all(Map<JobState, Long> counts) {
        return Arrays.stream(JobState.values())
                .map(state -> new StateCount(new StateMark(state), counts.getOrDefault(state, 0L)))
                .toList();
    }

    /** Grouped by thousands. */
    public String text() {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    public String href() {
        return "/ui/jobs?state=" + state.value();
    }
}
