package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A week of schedules: what ran and what is to run, each schedule a lane, and how many run at the same time. Lengths are percent of the
 * week; {@code until} is its last day, {@code now} is where the week is now, null where it is another one.
 */
public record CalendarPage(
        Frame frame,
        String until,
        @Nullable String team,
        String before,
        String after,
        String today,
        List<Day> days,
        @Nullable Double now,
        List<Lane> lanes,
        boolean more,
        List<Slot> slots,
        String crowd) {
    /** A day of the week, where it begins. */
    public record Day(String word, double x, boolean today) {}

    /** A schedule with its runs. */
    public record Lane(String schedule, String team, boolean paused, List<Run> runs, String sentence) {
        public String href() {
            return "/ui/schedules/" + schedule;
        }
    }

    /** One run; {@code href} is its job, null where there is none yet. */
    public record Run(
            String css,
            double x,
            double width,
            String title,
            @Nullable String href) {}

    /** An hour and how many ran in it at once, in percent of the most. */
    public record Slot(double x, double width, double y, double height, String title) {}
}
