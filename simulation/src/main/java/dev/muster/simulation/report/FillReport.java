package dev.muster.simulation.report;

import dev.muster.simulation.fill.Comparison;
import dev.muster.simulation.fill.Filled;
import dev.muster.simulation.measure.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What came of filling a cluster, as a page without anything from elsewhere, and for programs. */
public final class FillReport {
    private FillReport() {}

    public static String page(String title, Comparison comparison) {
        StringBuilder page = new StringBuilder(Html.head(title));
        page.append(
                "<p>Pods arrive one after the other, none leaves. Of all GPUs, by what had been asked for; means of the orders of arrival.</p>\n");
        page.append("<div class=\"scroll\"><table><thead><tr><th></th>");
        comparison
                .scorings()
                .forEach(name -> page.append("<th>").append(Html.escaped(name)).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        for (Comparison.Row row : comparison.rows()) {
            page.append("<tr><td>").append(Html.escaped(row.words())).append("</td>");
            for (String name : comparison.scorings()) {
                Estimate figure = row.of(name);
                page.append("<td>%s <small>±%s</small></td>"
                        .formatted(Html.number(figure.mean()), Html.number(figure.half())));
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n<div class=\"charts\">\n")
                .append(chart(comparison, "Given, % of all GPUs", sample -> 100 * sample.given()))
                .append(chart(comparison, "Useless to the usual pods, % of all GPUs", sample -> 100 * sample.useless()))
                .append(chart(comparison, "Pods of several GPUs without a node", Filled.Sample::failedWide))
                .append("</div>\n");
        return page.append("</body></html>\n").toString();
    }

    private static String chart(Comparison comparison, String title, ToDoubleFunction<Filled.Sample> value) {
        List<Filled.Sample> any = comparison.outcomes().get(0).samples();
        Chart chart = new Chart(
                        title,
                        any.stream()
                                .mapToDouble(sample -> 100 * sample.arrived())
                                .toArray())
                .along("%");
        List<String> names = comparison.scorings();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            chart.line(
                    name,
                    Html.colour(i),
                    any.stream()
                            .mapToDouble(sample -> comparison.outcomes().stream()
                                    .filter(run -> run.scoring().equals(name))
                                    .mapToDouble(run -> value.applyAsDouble(run.at(sample.arrived())))
                                    .average()
                                    .orElse(0))
                            .toArray());
        }
        return chart.svg();
    }

    /** A row for each look. */
    public static String csv(Comparison comparison) {
        StringBuilder text =
                new StringBuilder("scoring,order,arrived,given,useless,failed,failed_several_gpus,several_gpus\n");
        int runs = 0;
        for (Filled run : comparison.outcomes()) {
            int order = runs++ / comparison.scorings().size() + 1;
            for (Filled.Sample sample : run.samples()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s,%d,%.2f,%.4f,%.4f,%d,%d,%d%n",
                        Csv.cell(run.scoring()),
                        order,
                        sample.arrived(),
                        sample.given(),
                        sample.useless(),
                        sample.failed(),
                        sample.failedWide(),
                        sample.wide()));
            }
        }
        return text.toString();
    }
}
