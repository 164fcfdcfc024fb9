package dev.muster.web;

import java.util.List;

/**
 * Rows of comma-separated values as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front: names come from whoever submits jobs, and whoever opens the file is somebody else.
 */
final class CsvText {
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final StringBuilder text = new StringBuilder();

    CsvText row(List<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        text.append("\r\n");
        return this;
    }

    private static String cell(Object value) {
        if (value instanceof Number) {
            return value.toString();
        }
        String cell = value.toString();
        if (!cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0) {
            cell = "'" + cell;
        }
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
