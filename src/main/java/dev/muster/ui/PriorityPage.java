package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which priorities are used: of each team or queue how many jobs of each class ran within the days, and how many core-hours they held; and what
 * is used of counted rush. Classes go from the lowest.
 */
public record PriorityPage(
        Frame frame, List<Choice> choices, List<Head> classes, List<Row> rows, boolean more, List<RushLine> rush) {
    /** Something that may be looked at instead. */
    public record Choice(String word, String href, boolean on) {}

    /** A class; {@code css} is its colour. */
    public record Head(String name, String css, String jobs, String hours) {}

    /** A team or queue; {@code parts} are the core-hours of each class, of the largest row. */
    public record Row(String name, String href, List<Cell> cells, List<Part> parts, String sentence) {}

    /** Of one class; no link where none are. */
    public record Cell(String jobs, String hours, @Nullable String href) {}

    /** A length of the bar, in percent. */
    public record Part(double x, double width, String css) {}

    /** What a team has used of what it may. */
    public record RushLine(
            String team, List<Count> counts, @Nullable Moment next) {}

    /** {@code used} of {@code allowed} within a time; {@code bar} in percent. */
    public record Count(String within, int used, int allowed, double bar) {
        public boolean isSpent() {
            return used >= allowed;
        }
    }
}
