package dev.muster.ui;

import dev.muster.schedule.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A day of a schedule in its calendar: what came of its runs, and how many are to come. */
public record ScheduleCell(String day, boolean today, List<Mark> marks, String title) {
    /** So many runs in one state; {@code css} is the state's colour, {@code icon} and {@code word} say it, too. */
    public record Mark(String css, String icon, String text, String word) {}

    static final String COMING = "blocked";

    static ScheduleCell of(String day, boolean today, Map<RunState, Integer> runs, int coming, boolean more) {
        List<Mark> marks = new ArrayList<>();
        for (RunState state : RunState.values()) {
            int count = runs.getOrDefault(state, 0);
            if (count > 0) {
                marks.add(new Mark(css(state), css(state), Integer.toString(count), word(state)));
            }
        }
        if (coming > 0) {
            marks.add(new Mark(COMING, "coming", coming + (more ? "+" : ""), "to come"));
        }
        String said =
                marks.stream().map(mark -> mark.text() + " " + mark.word()).collect(Collectors.joining(", "));
        return new ScheduleCell(day, today, List.copyOf(marks), day + ": " + (said.isEmpty() ? "nothing" : said));
    }

    /** The class of a state of runs: those of jobs that are alike. */
    static String css(RunState state) {
        return switch (state) {
            case WAITING -> "queued";
            case STARTED -> "running";
            case SUCCEEDED -> "succeeded";
            case FAILED, REFUSED -> "failed";
            case CANCELLED -> "cancelled";
            case SKIPPED -> "expired";
        };
    }

    static String word(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
