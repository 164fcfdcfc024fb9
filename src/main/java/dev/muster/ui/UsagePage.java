package dev.muster.ui;

import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Sum;
import dev.muster.quota.usage.Usage;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage of the last days: a bar for each day, and a row for each who held something, the largest first. */
public record UsagePage(
        Frame frame,
        List<Choice> dimensions,
        List<Choice> lengths,
        String heading,
        Row total,
        List<Day> days,
        String most,
        List<Row> rows,
        int untold,
        @Nullable String unpriced) {
    private static final int MOST_ROWS = 50;
    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final List<Integer> LENGTHS = List.of(7, 14, 30, 90);
    private static final List<Dimension> DIMENSIONS = List.of(
            Dimension.TEAM, Dimension.QUEUE, Dimension.USER, Dimension.NAME, Dimension.POOL, Dimension.PRIORITY);

    /** What the address asks for. */
    record Wanted(Dimension by, int days) {
        static Wanted of(@Nullable String by, @Nullable String days) {
            return new Wanted(
                    DIMENSIONS.stream()
                            .filter(dimension -> dimension.word().equals(by))
                            .findFirst()
                            .orElse(Dimension.TEAM),
                    LENGTHS.stream()
                            .filter(length -> Integer.toString(length).equals(days))
                            .findFirst()
                            .orElse(LENGTHS.get(1)));
        }

        private String href(Dimension what, int length) {
            return "/ui/usage?by=%s&days=%d".formatted(what.word(), length);
        }
    }

    /** Something that may be looked at instead. */
    public record Choice(String word, String href, boolean on) {}

    /** One who held something; {@code bar} of the largest, {@code lostBar} of that, in percent; {@code href}: their jobs, where there is such a list. */
    public record Row(
            String name,
            String cores,
            String gib,
            String gpus,
            String cost,
            String lost,
            String lostCost,
            double bar,
            double lostBar,
            @Nullable String href) {}

    /** A day's bar, in percent of the chart: {@code lost} is the lower part of {@code height}. */
    public record Day(
            double x, double width, double y, double height, double lostY, double lost, String label, String title) {}

    static UsagePage of(Frame frame, Wanted wanted, Usage by, Usage daily) {
        List<Map.Entry<List<String>, Sum>> sorted = by.groups().entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<List<String>, Sum> entry) ->
                        -entry.getValue().coreHours()))
                .toList();
        double largest = sorted.isEmpty() ? 0 : sorted.get(0).getValue().coreHours();
        double most = daily.groups().values().stream()
                .mapToDouble(Sum::coreHours)
                .max()
                .orElse(0);
        double unpriced = by.total().unpricedCoreHours();
        return new UsagePage(
                frame,
                DIMENSIONS.stream()
                        .map(what ->
                                new Choice("by " + what.word(), wanted.href(what, wanted.days()), what == wanted.by()))
                        .toList(),
                LENGTHS.stream()
                        .map(length ->
                                new Choice(length + " days", wanted.href(wanted.by(), length), length == wanted.days()))
                        .toList(),
                wanted.by() == Dimension.NAME ? "Name" : capital(wanted.by().word()),
                row("All", by.total(), 0, null),
                days(wanted, daily, most),
                number(most),
                sorted.stream()
                        .limit(MOST_ROWS)
                        .map(entry -> row(
                                entry.getKey().get(0),
                                entry.getValue(),
                                largest,
                                jobs(wanted.by(), entry.getKey().get(0))))
                        .toList(),
                Math.max(0, sorted.size() - MOST_ROWS),
                unpriced > 0 ? number(unpriced) : null);
    }

    private static List<Day> days(Wanted wanted, Usage daily, double most) {
        LocalDate first = daily.period().from().atZone(ZoneOffset.UTC).toLocalDate();
        List<Day> days = new ArrayList<>();
        double step = 100.0 / wanted.days();
        for (int i = 0; i < wanted.days(); i++) {
            LocalDate date = first.plusDays(i);
            Sum sum = daily.groups().get(List.of(date.toString()));
            double cores = sum == null ? 0 : sum.coreHours();
            double lost = sum == null ? 0 : sum.lostCoreHours();
            double height = most <= 0 ? 0 : cores / most * 100;
            double lostHeight = most <= 0 ? 0 : lost / most * 100;
            days.add(new Day(
                    rounded(i * step + step * .1),
                    rounded(step * .8),
                    rounded(100 - height),
                    rounded(height),
                    rounded(100 - lostHeight),
                    rounded(lostHeight),
                    label(date, i, wanted.days()),
                    "%s: %s core-hours, %s lost, cost %s"
                            .formatted(
                                    date,
                                    number(cores),
                                    number(lost),
                                    money(sum == null ? BigDecimal.ZERO : sum.cost()))));
        }
        return days;
    }

    /** About a dozen labels find room. */
    private static String label(LocalDate date, int at, int of) {
        int every = Math.max(1, (of + 9) / 10);
        return (of - 1 - at) % every == 0 ? LABEL.format(date) : "";
    }

    /** Of what holds a pool there is no list. */
    private static @Nullable String jobs(Dimension what, String name) {
        String field = what == Dimension.USER ? "by" : what.word();
        return what == Dimension.POOL || name.isEmpty()
                ? null
                : "/ui/jobs?%s=%s".formatted(field, URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private static Row row(String name, Sum sum, double largest, @Nullable String href) {
        return new Row(
                name,
                number(sum.coreHours()),
                number(sum.gibHours()),
                number(sum.gpuHours()),
                money(sum.cost()),
                number(sum.lostCoreHours()),
                money(sum.lostCost()),
                largest <= 0 ? 0 : rounded(sum.coreHours() / largest * 100),
                largest <= 0 ? 0 : rounded(sum.lostCoreHours() / largest * 100),
                href);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static double rounded(double percent) {
        return Math.round(percent * 100) / 100.0;
    }

    private static String number(double value) {
        return value == 0
                ? "0"
                : value < 0.005
                        ? "< 0.01"
                        : String.format(Locale.ROOT, value < 10 ? "%,.2f" : value < 100 ? "%,.1f" : "%,.0f", value);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    /** What a reader without eyes for the chart is told. */
    public String sentence() {
        return "Core-hours of each day; the most were " + most;
    }

    public boolean nothing() {
        return rows.isEmpty();
    }
}
