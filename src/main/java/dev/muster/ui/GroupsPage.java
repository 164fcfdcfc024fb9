package dev.muster.ui;

import dev.muster.job.JobState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Jobs put together by what they have in common, with how many are in each state: the largest groups first. {@code newest}: of so many jobs, 0
 * for all.
 */
public record GroupsPage(
        Frame frame, List<Choice> choices, String heading, List<StateMark> states, List<Line> lines, int newest) {
    /** By what they can be put together. */
    public record Choice(String word, String href, boolean on) {}

    /** A group; its counts are in the order of the states. */
    public record Line(String name, String href, List<Count> counts) {}

    /** How many are in a state, and where they are listed. */
    public record Count(StateMark state, long count, String href) {}

    static GroupsPage of(
            Frame frame, List<Choice> choices, String key, Map<String, Map<JobState, Long>> groups, int newest) {
        List<JobState> states = Arrays.stream(JobState.values())
                .filter(state -> groups.values().stream().anyMatch(counts -> counts.containsKey(state)))
                .toList();
        List<Line> lines = new ArrayList<>();
        groups.forEach((name, counts) -> {
            JobFilter filter = filter(key, name);
            lines.add(new Line(
                    name,
                    filter.href(),
                    states.stream()
                            .map(state -> new Count(
                                    new StateMark(state),
                                    counts.getOrDefault(state, 0L),
                                    filter.toggled(state).href()))
                            .toList()));
        });
        return new GroupsPage(
                frame,
                choices,
                key.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + key.substring(1),
                states.stream().map(StateMark::new).toList(),
                lines,
                newest);
    }

    private static JobFilter filter(String key, String name) {
        return switch (key) {
            case "team" -> new JobFilter(java.util.Set.of(), name, null, null, null, null, null, null);
            case "queue" -> new JobFilter(java.util.Set.of(), null, name, null, null, null, null, null);
            case "priority" -> JobFilter.ALL.priority(name);
            case "person" -> JobFilter.ALL.by(name);
            case "set" -> JobFilter.ALL.set(name);
            default -> new JobFilter(java.util.Set.of(), null, null, name, null, null, null, null);
        };
    }
}
