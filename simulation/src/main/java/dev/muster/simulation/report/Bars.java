package dev.muster.simulation.report;

import dev.muster.simulation.measure.Estimate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One figure of every policy, with its confidence interval. */
final class Bars {
    private static final int ROW = 26;
    private static final int LEFT = 170;
    private static final int WIDTH = 560;

    private final String title;
    private final Map<String, Estimate> values = new LinkedHashMap<>();

    Bars(String title) {
        this.title = title;
    }

    void add(String policy, Estimate value) {
        values.put(policy, value);
    }

    String svg() {
        double most = values.values().stream()
                .mapToDouble(value -> value.mean() + value.half())
                .max()
                .orElse(1);
        double scale = (WIDTH - LEFT - 70) / (most <= 0 ? 1 : most);
        StringBuilder svg = new StringBuilder("<figure><figcaption>")
                .append(Html.escaped(title))
                .append("</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, ROW * values.size() + 6, Html.escaped(title)));
        int y = 4;
        int number = 0;
        for (Map.Entry<String, Estimate> entry : values.entrySet()) {
            Estimate value = entry.getValue();
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"tick\">%s</text>"
                    .formatted(LEFT - 8, y + 14, Html.escaped(entry.getKey())));
            svg.append("<rect x=\"%d\" y=\"%d\" height=\"16\" width=\"%s\" fill=\"%s\"/>"
                    .formatted(LEFT, y + 2, number(value.mean() * scale), Html.colour(number++)));
            double end = LEFT + (value.mean() + value.half()) * scale;
            svg.append("<line x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\" class=\"whisker\"/>"
                    .formatted(
                            number(LEFT + Math.max(0, value.mean() - value.half()) * scale),
                            number(end),
                            y + 10,
                            y + 10));
            svg.append("<text x=\"%s\" y=\"%d\" class=\"tick\">%s</text>\n"
                    .formatted(number(end + 6), y + 14, Html.number(value.mean())));
            y += ROW;
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
