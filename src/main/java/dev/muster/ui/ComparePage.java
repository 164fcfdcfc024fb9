package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs side by side, a column each: how each went, and which fields of their specs differ. {@code others} are more runs of the same, to be
 * put beside them.
 */
public record ComparePage(Frame frame, List<Run> runs, List<Row> rows, List<Row> fields, List<Other> others) {
    /** {@code without}: this page without the run, null where it is the only one. */
    public record Run(JobRow job, @Nullable String without) {}

    /** One thing that is compared; {@code differs}: not all runs have the same. */
    public record Row(String name, List<Cell> cells, boolean differs) {
        static Row of(String name, List<Cell> cells) {
            return new Row(
                    name, cells, cells.stream().map(Cell::text).distinct().count() > 1);
        }
    }

    /** {@code bar} is in percent of the largest of the row, negative: none. */
    public record Cell(String text, double bar) {
        static Cell of(String text) {
            return new Cell(text, -1);
        }

        public boolean hasBar() {
            return bar >= 0;
        }
    }

    /** A run that may be added. */
    public record Other(JobRow job, String href) {}

    public boolean isOne() {
        return runs.size() == 1;
    }
}
