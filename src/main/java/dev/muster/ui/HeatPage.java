package dev.muster.ui;

import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingHour;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How offerings did over days: a row of cells for each, the worst first, and the same as a table by day. {@code most}: what the darkest cell
 * stands for.
 */
public record HeatPage(
        Frame frame,
        List<Choice> kinds,
        List<Choice> lengths,
        String what,
        String unit,
        int most,
        int columns,
        List<Line> lines,
        List<Label> labels,
        List<Day> days,
        int untold) {
    private static final int MOST_LINES = 40;
    private static final int SHADES = 5;
    private static final List<Integer> LENGTHS = List.of(1, 3, 7, 30);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** What is counted. */
    enum Kind {
        LOSSES("losses", "nodes taken back"),
        FAILURES("failures", "nodes that did not come"),
        LAUNCHES("launches", "nodes that came");

        private final String word;
        private final String unit;

        Kind(String word, String unit) {
            this.word = word;
            this.unit = unit;
        }

        int of(OfferingHour hour) {
            return switch (this) {
                case LOSSES -> hour.lost();
                case FAILURES -> hour.failed();
                case LAUNCHES -> hour.came();
            };
        }
    }

    /** What the address asks for; over a month a cell is four hours, else one. */
    record Wanted(Kind kind, int days) {
        static Wanted of(@Nullable String kind, @Nullable String days) {
            return new Wanted(
                    Arrays.stream(Kind.values())
                            .filter(one -> one.word.equals(kind))
                            .findFirst()
                            .orElse(Kind.LOSSES),
                    LENGTHS.stream()
                            .filter(length -> Integer.toString(length).equals(days))
                            .findFirst()
                            .orElse(7));
        }

        int hoursPerCell() {
            return days > 7 ? 4 : 1;
        }

        /** The first cell's begin: whole cells, the last of which holds {@code now}. */
        Instant from(Instant now) {
            long cell = Duration.ofHours(hoursPerCell()).toSeconds();
            long last = Math.floorDiv(now.getEpochSecond(), cell) * cell;
            return Instant.ofEpochSecond(last - (columns() - 1) * cell);
        }

        int columns() {
            return days * 24 / hoursPerCell();
        }

        private String href(Kind what, int length) {
            return "/ui/pools/history?of=%s&days=%d".formatted(what.word, length);
        }
    }

    /** Something that may be looked at instead. */
    public record Choice(String word, String href, boolean on) {}

    /** An offering; {@code sentence} is what its cells say. */
    public record Line(String pool, String about, String sentence, List<Cell> cells) {}

    /** A time in which something was: {@code shade} 0 to 5; {@code breaker}: open, half-open or nothing. */
    public record Cell(int x, int shade, String breaker, String title) {}

    /** A word below the map, in percent of its width. */
    public record Label(double x, String text) {}

    /** A day of an offering in numbers. */
    public record Day(
            String pool, String about, String date, int came, int failed, int lost, String rate, String open) {}

    static HeatPage of(Frame frame, Wanted wanted, List<OfferingHour> hours) {
        Instant from = wanted.from(frame.now());
        Map<Offering, List<OfferingHour>> byOffering = new TreeMap<>();
        hours.forEach(hour -> byOffering
                .computeIfAbsent(hour.offering(), offering -> new ArrayList<>())
                .add(hour));
        Map<Offering, Map<Integer, Sum>> cells = new TreeMap<>();
        byOffering.forEach((offering, own) -> cells.put(offering, cells(own, from, wanted)));
        int most = cells.values().stream()
                .flatMap(own -> own.values().stream())
                .mapToInt(sum -> sum.count)
                .max()
                .orElse(0);
        List<Map.Entry<Offering, Map<Integer, Sum>>> sorted = cells.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<Offering, Map<Integer, Sum>> entry) -> -total(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<Map.Entry<Offering, Map<Integer, Sum>>> shown = sorted.subList(0, Math.min(MOST_LINES, sorted.size()));
        return new HeatPage(
                frame,
                Arrays.stream(Kind.values())
                        .map(kind -> new Choice(kind.word, wanted.href(kind, wanted.days()), kind == wanted.kind()))
                        .toList(),
                LENGTHS.stream()
                        .map(length -> new Choice(
                                length == 1 ? "a day" : length + " days",
                                wanted.href(wanted.kind(), length),
                                length == wanted.days()))
                        .toList(),
                wanted.kind().word,
                wanted.kind().unit,
                most,
                wanted.columns(),
                shown.stream()
                        .map(entry -> line(entry.getKey(), entry.getValue(), most, from, wanted))
                        .toList(),
                labels(from, wanted),
                shown.stream()
                        .flatMap(entry -> days(entry.getKey(), byOffering.get(entry.getKey())).stream())
                        .toList(),
                sorted.size() - shown.size());
    }

    private static final class Sum {
        private int count;
        private boolean open;
        private boolean halfOpen;
    }

    private static Map<Integer, Sum> cells(List<OfferingHour> own, Instant from, Wanted wanted) {
        Map<Integer, Sum> cells = new TreeMap<>();
        for (OfferingHour hour : own) {
            long x = Duration.between(from, hour.hour()).toHours() / wanted.hoursPerCell();
            if (!hour.hour().isBefore(from) && x < wanted.columns()) {
                Sum sum = cells.computeIfAbsent((int) x, at -> new Sum());
                sum.count += wanted.kind().of(hour);
                sum.open |= !hour.open().isZero();
                sum.halfOpen |= !hour.halfOpen().isZero();
            }
        }
        return cells;
    }

    private static int total(Map<Integer, Sum> cells) {
        return cells.values().stream().mapToInt(sum -> sum.count).sum();
    }

    private static Line line(Offering offering, Map<Integer, Sum> cells, int most, Instant from, Wanted wanted) {
        int open = (int) cells.values().stream().filter(sum -> sum.open).count();
        return new Line(
                offering.pool().value(),
                about(offering),
                "%s: %d %s; %s of %s with an open breaker"
                        .formatted(
                                offering.pool(),
                                total(cells),
                                wanted.kind().unit,
                                open * wanted.hoursPerCell(),
                                wanted.columns() * wanted.hoursPerCell() + " hours"),
                cells.entrySet().stream()
                        .filter(cell -> cell.getValue().count > 0 || cell.getValue().open || cell.getValue().halfOpen)
                        .map(cell -> cell(cell.getKey(), cell.getValue(), most, from, wanted))
                        .toList());
    }

    private static Cell cell(int x, Sum sum, int most, Instant from, Wanted wanted) {
        String breaker = sum.open ? "open" : sum.halfOpen ? "half-open" : "";
        return new Cell(
                x,
                sum.count == 0 ? 0 : Math.max(1, (int) Math.ceil((double) SHADES * sum.count / most)),
                breaker,
                "%s UTC: %d %s%s"
                        .formatted(
                                TIME.format(from.plus((long) x * wanted.hoursPerCell(), ChronoUnit.HOURS)),
                                sum.count,
                                wanted.kind().unit,
                                breaker.isEmpty() ? "" : ", breaker " + breaker.replace('-', ' ')));
    }

    /** Midnights, or every sixth hour of a day; about ten. */
    private static List<Label> labels(Instant from, Wanted wanted) {
        int stepHours = wanted.days() == 1 ? 6 : wanted.days() == 3 ? 12 : wanted.days() == 7 ? 24 : 96;
        int hours = wanted.columns() * wanted.hoursPerCell();
        List<Label> labels = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            Instant at = from.plus(hour, ChronoUnit.HOURS);
            if (at.getEpochSecond() / 3600 % stepHours == 0) {
                labels.add(new Label(
                        Math.round(10_000.0 * hour / hours) / 100.0, (stepHours < 24 ? TIME : DATE).format(at)));
            }
        }
        return labels;
    }

    private static List<Day> days(Offering offering, List<OfferingHour> hours) {
        Map<String, List<OfferingHour>> byDay = new TreeMap<>(Comparator.reverseOrder());
        hours.forEach(hour -> byDay.computeIfAbsent(
                        hour.hour().atZone(ZoneOffset.UTC).toLocalDate().toString(), day -> new ArrayList<>())
                .add(hour));
        List<Day> days = new ArrayList<>();
        byDay.forEach((day, own) -> {
            int lost = own.stream().mapToInt(OfferingHour::lost).sum();
            double ran = own.stream().mapToLong(hour -> hour.ran().toSeconds()).sum() / 3600.0;
            Duration open = own.stream().map(OfferingHour::open).reduce(Duration.ZERO, Duration::plus);
            days.add(new Day(
                    offering.pool().value(),
                    about(offering),
                    day,
                    own.stream().mapToInt(OfferingHour::came).sum(),
                    own.stream().mapToInt(OfferingHour::failed).sum(),
                    lost,
                    ran == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * lost / ran),
                    open.isZero() ? "–" : Moment.span(open)));
        });
        return days;
    }

    private static String about(Offering offering) {
        List<String> said = new ArrayList<>(List.of(offering.capacity().toString()));
        if (!offering.zone().isEmpty()) {
            said.add(offering.zone());
        }
        if (!offering.instanceType().isEmpty()) {
            said.add(offering.instanceType());
        }
        return String.join(", ", said);
    }
}
