package dev.muster.web;

import dev.muster.api.Usage;
import dev.muster.problem.MusterException;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Sum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Usage as it goes over the wire, to millionths of an hour. */
final class UsageView {
    private static final int DIGITS = 6;
    private static final String WORDS =
            Arrays.stream(Dimension.values()).map(Dimension::word).collect(Collectors.joining(", "));

    private UsageView() {}

    /** {@code team,day}: each once; by team where nothing is said. */
    static List<Dimension> dimensions(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of(Dimension.TEAM);
        }
        List<Dimension> all = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            Dimension found = Arrays.stream(Dimension.values())
                    .filter(dimension -> dimension.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> refused(text));
            if (all.contains(found)) {
                throw refused(text);
            }
            all.add(found);
        }
        return all;
    }

    private static MusterException refused(String text) {
        return MusterException.invalidParameter("groupBy", text, "one or some of %s, each once".formatted(WORDS));
    }

    static Usage.Group group(List<Dimension> by, List<String> values, Sum sum) {
        Map<String, String> key = new LinkedHashMap<>();
        for (int i = 0; i < by.size(); i++) {
            key.put(by.get(i).word(), values.get(i));
        }
        return new Usage.Group(key, hours(sum));
    }

    static Usage.Hours hours(Sum sum) {
        return new Usage.Hours(
                rounded(sum.coreHours()),
                rounded(sum.gibHours()),
                rounded(sum.gpuHours()),
                rounded(sum.cost()),
                rounded(sum.lostCoreHours()),
                rounded(sum.lostCost()),
                rounded(sum.unpricedCoreHours()),
                measured(sum));
    }

    /** Null where nobody measured: that is another thing than nothing used. */
    private static Usage.@Nullable Measured measured(Sum sum) {
        return !sum.isMeasured()
                ? null
                : new Usage.Measured(
                        rounded(sum.measuredCoreHours()),
                        rounded(sum.usedCoreHours()),
                        rounded(sum.measuredCoreHours() - sum.usedCoreHours()),
                        rounded(sum.measuredGibHours()),
                        rounded(sum.usedGibHours()),
                        rounded(sum.measuredGibHours() - sum.usedGibHours()));
    }

    static String csv(dev.muster.quota.usage.Usage usage) {
        CsvText csv = new CsvText();
        List<Object> heads = new ArrayList<>();
        usage.by().forEach(dimension -> heads.add(dimension.word()));
        heads.addAll(List.of(
                "coreHours",
                "gibHours",
                "gpuHours",
                "cost",
                "lostCoreHours",
                "lostCost",
                "unpricedCoreHours",
                "measuredCoreHours",
                "usedCoreHours",
                "measuredGibHours",
                "usedGibHours"));
        csv.row(heads);
        usage.groups().forEach((values, sum) -> {
            List<Object> cells = new ArrayList<>(values);
            for (double number : new double[] {
                sum.coreHours(),
                sum.gibHours(),
                sum.gpuHours(),
                sum.cost().doubleValue(),
                sum.lostCoreHours(),
                sum.lostCost().doubleValue(),
                sum.unpricedCoreHours()
            }) {
                cells.add(BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP));
            }
            for (double number : new double[] {
                sum.measuredCoreHours(), sum.usedCoreHours(), sum.measuredGibHours(), sum.usedGibHours()
            }) {
                cells.add(sum.isMeasured() ? BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP) : "");
            }
            csv.row(cells);
        });
        return csv.toString();
    }

    private static double rounded(double hours) {
        return rounded(BigDecimal.valueOf(hours));
    }

    private static double rounded(BigDecimal amount) {
        return amount.setScale(DIGITS, RoundingMode.HALF_UP).doubleValue();
    }
}
