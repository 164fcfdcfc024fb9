package dev.muster.simulation.experiment;

import java.util.ArrayDeque;
import java.util.List;

/** The last events of a run, put into words only when somebody reads them. */
final class Log {
    private static final int KEPT = 40;

    private final ArrayDeque<Line> lines = new ArrayDeque<>();

    /** {@code values} must be such as do not change. */
    void note(long at, String format, Object... values) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new Line(at, format, values));
    }

    List<String> read() {
        return lines.stream().map(Line::words).toList();
    }

    private record Line(long at, String format, Object[] values) {
        String words() {
            return Times.shown(at) + "  " + format.formatted(values);
        }
    }
}
