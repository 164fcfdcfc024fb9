package dev.muster.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drawing of values over hours, or over something else: areas on top of each other, and lines. */
final class Chart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 200;
    private static final int LEFT = 46;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;

    private final String title;
    private final double[] hours;
    private final List<Curve> areas = new ArrayList<>();
    private final List<Curve> lines = new ArrayList<>();
    private double least;
    private @Nullable String unit;

    private record Curve(String name, String colour, double[] values) {}

    Chart(String title, double[] hours) {
        this.title = title;
        this.hours = hours;
    }

    Chart area(String name, String colour, double[] values) {
        areas.add(new Curve(name, colour, values));
        return this;
    }

    Chart line(String name, String colour, double[] values) {
        lines.add(new Curve(name, colour, values));
        return this;
    }

    /** The axis goes up to this at least, so that charts side by side can be compared. */
    Chart upTo(double most) {
        least = Math.max(least, most);
        return this;
    }

    /** What the axis counts in, where not in hours. */
    Chart along(String other) {
        unit = other;
        return this;
    }

    double highest() {
        double most = 0;
        for (int i = 0; i < hours.length; i++) {
            double sum = 0;
            for (Curve area : areas) {
                sum += area.values[i];
            }
            most = Math.max(most, sum);
            for (Curve line : lines) {
                most = Math.max(most, i < line.values.length ? line.values[i] : 0);
            }
        }
        return most;
    }

    String svg() {
        double top = nice(Math.max(least, highest()));
        StringBuilder svg = new StringBuilder();
        svg.append("<figure><figcaption>").append(Html.escaped(title)).append("</figcaption>\n");
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT + 18, Html.escaped(title)));
        axes(svg, top);
        double[] below = new double[hours.length];
        for (Curve area : areas) {
            double[] above = new double[hours.length];
            for (int i = 0; i < hours.length; i++) {
                above[i] = below[i] + area.values[i];
            }
            svg.append("<path d=\"").append(path(above, top, 'M'));
            for (int i = hours.length - 1; i >= 0; i--) {
                svg.append(" L").append(x(i)).append(',').append(y(below[i], top));
            }
            svg.append(" Z\" fill=\"%s\" fill-opacity=\"0.75\"/>\n".formatted(area.colour));
            below = above;
        }
        for (Curve line : lines) {
            svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>\n"
                    .formatted(path(line.values, top, 'M'), line.colour));
        }
        legend(svg);
        return svg.append("</svg></figure>\n").toString();
    }

    private void axes(StringBuilder svg, double top) {
        for (int i = 0; i <= 4; i++) {
            double value = top * i / 4;
            String y = y(value, top);
            svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" class=\"grid\"/>".formatted(LEFT, WIDTH, y, y));
            svg.append("<text x=\"%d\" y=\"%s\" class=\"tick\" text-anchor=\"end\" dy=\"4\">%s</text>\n"
                    .formatted(LEFT - 6, y, label(value)));
        }
        double last = hours.length == 0 ? 1 : hours[hours.length - 1];
        for (int i = 0; i <= 6; i++) {
            double hour = last * i / 6;
            svg.append("<text x=\"%s\" y=\"%d\" class=\"tick\" text-anchor=\"%s\">%s</text>\n"
                    .formatted(
                            number(LEFT + (WIDTH - LEFT) * (double) i / 6),
                            HEIGHT - BOTTOM + 16,
                            i == 0 ? "start" : i == 6 ? "end" : "middle",
                            tick(hour, last)));
        }
    }

    private String tick(double value, double last) {
        if (unit != null) {
            return label(Math.rint(value)) + " " + unit;
        }
        return last > 72 ? label(value / 24) + " d" : label(value) + " h";
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        List<Curve> all = new ArrayList<>(areas);
        all.addAll(lines);
        for (Curve curve : all) {
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>"
                    .formatted(x, HEIGHT + 4, curve.colour));
            svg.append("<text x=\"%d\" y=\"%d\" class=\"tick\">%s</text>\n"
                    .formatted(x + 14, HEIGHT + 13, Html.escaped(curve.name)));
            x += 28 + 7 * curve.name.length();
        }
    }

    private String path(double[] values, double top, char first) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < Math.min(values.length, hours.length); i++) {
            path.append(i == 0 ? first : 'L')
                    .append(x(i))
                    .append(',')
                    .append(y(values[i], top))
                    .append(' ');
        }
        return path.toString().strip();
    }

    private String x(int sample) {
        double last = hours[hours.length - 1];
        return number(LEFT + (WIDTH - LEFT) * (last == 0 ? 0 : hours[sample] / last));
    }

    private String y(double value, double top) {
        return number(TOP + (HEIGHT - BOTTOM - TOP) * (1 - value / top));
    }

    private static double nice(double value) {
        if (value <= 0) {
            return 1;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 5, 8, 10}) {
            if (value <= step * unit) {
                return step * unit;
            }
        }
        return 10 * unit;
    }

    private static String label(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
