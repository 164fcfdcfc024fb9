package dev.muster.simulation.report;

import dev.muster.simulation.measure.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of a sum of every policy, one bar each. */
final class Stacks {
    private static final int ROW = 26;
    private static final int LEFT = 170;
    private static final int WIDTH = 560;

    private final String title;
    private final Map<String, Map<Measure, Double>> bars = new LinkedHashMap<>();

    Stacks(String title) {
        this.title = title;
    }

    void add(String policy, Map<Measure, Double> parts) {
        bars.put(policy, parts);
    }

    String svg() {
        double most = bars.values().stream().mapToDouble(Stacks::sum).max().orElse(1);
        double scale = (WIDTH - LEFT - 70) / (most <= 0 ? 1 : most);
        List<Measure> parts = bars.values().stream()
                .findFirst()
                .map(first -> List.copyOf(first.keySet()))
                .orElse(List.of());
        StringBuilder svg = new StringBuilder("<figure><figcaption>")
                .append(Html.escaped(title))
                .append("</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, ROW * (bars.size() + 1) + 6, Html.escaped(title)));
        int y = 4;
        for (Map.Entry<String, Map<Measure, Double>> bar : bars.entrySet()) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"tick\">%s</text>"
                    .formatted(LEFT - 8, y + 14, Html.escaped(bar.getKey())));
            double x = LEFT;
            for (Map.Entry<Measure, Double> part : bar.getValue().entrySet()) {
                double wide = Math.max(0, part.getValue()) * scale;
                svg.append("<rect x=\"%s\" y=\"%d\" height=\"16\" width=\"%s\" fill=\"%s\"><title>%s: %s</title></rect>"
                        .formatted(
                                number(x),
                                y + 2,
                                number(wide),
                                Html.colour(parts.indexOf(part.getKey())),
                                Html.escaped(part.getKey().words()),
                                Html.number(part.getValue())));
                x += wide;
            }
            svg.append("<text x=\"%s\" y=\"%d\" class=\"tick\">%s</text>\n"
                    .formatted(number(x + 6), y + 14, Html.number(sum(bar.getValue()))));
            y += ROW;
        }
        return svg.append(key(parts, y)).append("</svg></figure>\n").toString();
    }

    private static String key(List<Measure> parts, int y) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int x = 10 + i * (WIDTH - 20) / parts.size();
            words.add(
                    "<rect x=\"%d\" y=\"%d\" height=\"10\" width=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"%d\" class=\"tick\">%s</text>"
                            .formatted(
                                    x,
                                    y + 5,
                                    Html.colour(i),
                                    x + 14,
                                    y + 14,
                                    Html.escaped(parts.get(i).heading())));
        }
        return String.join("", words);
    }

    private static double sum(Map<Measure, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
