package dev.muster.cli.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns under headings: numbers to the right, the last one cut where the terminal ends. */
public final class Table {
    private static final String GAP = "  ";

    private final String[] headings;
    private final boolean[] toTheRight;
    private final List<String[]> rows = new ArrayList<>();

    /** A heading that begins with {@code >} is of a column of numbers. */
    public Table(String... headings) {
        this.headings = new String[headings.length];
        this.toTheRight = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            toTheRight[i] = headings[i].startsWith(">");
            this.headings[i] = toTheRight[i] ? headings[i].substring(1) : headings[i];
        }
    }

    public Table row(String... cells) {
        if (cells.length != headings.length) {
            throw new IllegalArgumentException("A row of %d cells under %d headings: %s"
                    .formatted(cells.length, headings.length, Arrays.toString(cells)));
        }
        rows.add(cells);
        return this;
    }

    public int size() {
        return rows.size();
    }

    /** The lines, headings first, none longer than the screen is wide. */
    public List<String> lines(Screen screen) {
        int[] widths = new int[headings.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headings[i].length();
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], Text.width(row[i]));
            }
        }
        int room = screen.width();
        List<String> lines = new ArrayList<>();
        String[] painted =
                Arrays.stream(headings).map(h -> screen.paint(Colour.DIM, h)).toArray(String[]::new);
        lines.add(line(painted, widths, room));
        rows.forEach(row -> lines.add(line(row, widths, room)));
        return lines;
    }

    public void print(Screen screen) {
        lines(screen).forEach(screen::print);
    }

    private String line(String[] cells, int[] widths, int room) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String gap = i == 0 ? "" : GAP;
            String fill = " ".repeat(widths[i] - Text.width(cells[i]));
            boolean last = i == cells.length - 1;
            line.append(gap).append(toTheRight[i] ? fill + cells[i] : last ? cells[i] : cells[i] + fill);
        }
        return Text.cut(line.toString().stripTrailing(), room);
    }
}
