package dev.muster.simulation.report;

import dev.muster.simulation.experiment.Experiment;
import dev.muster.simulation.experiment.PolicySpec;
import dev.muster.simulation.measure.Estimate;
import dev.muster.simulation.measure.Measure;
import dev.muster.simulation.measure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An experiment as one page without anything from elsewhere: table, charts, what the words mean. */
public final class Html {
    private static final String[] COLOURS = {
        "#2f6fb0", "#d9822b", "#4b9b62", "#8e5ea2", "#c0504d", "#6b7a8f", "#b8a038", "#3aa6a6"
    };
    private static final String USEFUL = "#4b9b62";
    private static final String HELD = "#c0504d";
    private static final String IDLE = "#b9bec6";
    private static final String MARKET = "#2f6fb0";
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884}
            body{font:15px/1.5 system-ui,sans-serif;max-width:1180px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{padding:.25rem .7rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
            th:first-child,td:first-child{text-align:left}.scroll{overflow-x:auto}
            td small{opacity:.65}.best{font-weight:600}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(480px,1fr));gap:1rem 2rem}
            figure{margin:0}figcaption{font-weight:600;margin:.4rem 0}svg{width:100%;height:auto}
            .grid{stroke:currentColor;stroke-opacity:.15}.tick{font-size:11px;fill:currentColor;opacity:.8}
            .whisker{stroke:currentColor;stroke-width:1.5}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dd{margin:0;opacity:.85}
            """;

    private final Experiment experiment;
    private final String title;

    private Html(String title, Experiment experiment) {
        this.title = title;
        this.experiment = experiment;
    }

    public static String page(String title, Experiment experiment) {
        return new Html(title, experiment).page();
    }

    private String page() {
        StringBuilder page = new StringBuilder(head(title));
        page.append("<p>").append(runs()).append("</p>\n");
        table(page);
        bars(page);
        over(page);
        page.append("<h2>Words</h2>\n<dl>\n");
        for (Measure measure : Measure.values()) {
            page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(measure.heading()), escaped(measure.words())));
        }
        return page.append("</dl>\n</body></html>\n").toString();
    }

    static String head(String title) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
                + escaped(title)
                + "</title><style>\n"
                + STYLE
                + "</style></head><body>\n<h1>"
                + escaped(title)
                + "</h1>\n";
    }

    private String runs() {
        int runs = experiment.policies().isEmpty()
                ? 0
                : experiment
                        .estimate(experiment.policies().get(0).name(), Measure.JOBS)
                        .runs();
        String left = experiment.tooLarge().isEmpty()
                ? ""
                : " %d jobs are larger than the cluster and were left out."
                        .formatted(experiment.tooLarge().size());
        return "Mean of %d seed%s, ± half the 95 %% confidence interval. All policies met the same jobs and the same market.%s"
                .formatted(runs, runs == 1 ? "" : "s", left);
    }

    private void table(StringBuilder page) {
        page.append("<div class=\"scroll\"><table><thead><tr><th></th>");
        experiment.policies().forEach(policy -> page.append("<th>")
                .append(escaped(policy.name()))
                .append("</th>"));
        page.append("</tr></thead><tbody>\n");
        for (Measure measure : Measure.values()) {
            page.append("<tr><td title=\"%s\">%s</td>".formatted(escaped(measure.words()), escaped(measure.heading())));
            for (PolicySpec policy : experiment.policies()) {
                Estimate estimate = experiment.estimate(policy.name(), measure);
                page.append("<td>").append(number(estimate.mean()));
                if (estimate.half() > 0) {
                    page.append(" <small>±").append(number(estimate.half())).append("</small>");
                }
                page.append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    private void bars(StringBuilder page) {
        page.append("<h2>Side by side</h2>\n<div class=\"charts\">\n");
        for (Measure measure : List.of(Measure.DONE, Measure.VAIN_HOURS, Measure.WAIT_P95, Measure.COST)) {
            Bars bars = new Bars("%s: %s".formatted(measure.heading(), measure.words()));
            for (PolicySpec policy : experiment.policies()) {
                bars.add(policy.name(), experiment.estimate(policy.name(), measure));
            }
            page.append(bars.svg());
        }
        Stacks stacks = new Stacks("Where the node hours went");
        for (PolicySpec policy : experiment.policies()) {
            Map<Measure, Double> parts = new LinkedHashMap<>();
            Measure.PARTS.forEach(part ->
                    parts.put(part, experiment.estimate(policy.name(), part).mean()));
            stacks.add(policy.name(), parts);
        }
        page.append(stacks.svg()).append("</div>\n");
    }

    private void over(StringBuilder page) {
        page.append("<h2>Nodes over time</h2>\n<div class=\"charts\">\n");
        List<Chart> charts = new ArrayList<>();
        for (PolicySpec policy : experiment.policies()) {
            Mean mean = new Mean(experiment.outcomes(), policy.name());
            charts.add(new Chart(policy.name(), mean.hours())
                    .area("progress", USEFUL, mean.of(Series.Sample::useful))
                    .area("held", HELD, mean.of(Series.Sample::held))
                    .area(
                            "idle",
                            IDLE,
                            mean.of(sample -> Math.max(0, sample.nodes() - sample.useful() - sample.held())))
                    .line("could be had", MARKET, mean.of(Series.Sample::market)));
        }
        double top = charts.stream().mapToDouble(Chart::highest).max().orElse(1);
        charts.forEach(chart -> page.append(chart.upTo(top).svg()));
        page.append("</div>\n<h2>What waited, what was stranded</h2>\n<div class=\"charts\">\n");
        page.append(lines("Jobs that have not started", Series.Sample::waiting));
        page.append(lines("Gangs that were partly bound", Series.Sample::partial));
        page.append(lines("Share of free room that is stranded", Series.Sample::stranded));
        page.append("</div>\n");
    }

    private String lines(String what, java.util.function.ToDoubleFunction<Series.Sample> value) {
        double[] hours = new double[0];
        List<Mean> means = new ArrayList<>();
        for (PolicySpec policy : experiment.policies()) {
            Mean mean = new Mean(experiment.outcomes(), policy.name());
            hours = mean.hours().length > hours.length ? mean.hours() : hours;
            means.add(mean);
        }
        Chart chart = new Chart(what, hours);
        for (int i = 0; i < means.size(); i++) {
            chart.line(
                    experiment.policies().get(i).name(), colour(i), means.get(i).of(value));
        }
        return chart.svg();
    }

    static String colour(int number) {
        return COLOURS[number % COLOURS.length];
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e12) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
