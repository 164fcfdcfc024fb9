package dev.muster.cli;

import dev.muster.api.OfferingHour;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How offerings did, day by day. */
final class PoolHistory {
    private record Day(String offering, LocalDate date) {}

    private PoolHistory() {}

    /** By offering, the latest day first. */
    static Table table(List<OfferingHour> hours) {
        Map<Day, List<OfferingHour>> days =
                new TreeMap<>(Comparator.comparing(Day::offering).thenComparing(Day::date, Comparator.reverseOrder()));
        hours.forEach(hour -> days.computeIfAbsent(
                        new Day(
                                hour.offering(),
                                hour.hour().atZone(ZoneOffset.UTC).toLocalDate()),
                        day -> new ArrayList<>())
                .add(hour));
        Table table = new Table("OFFERING", "DAY", ">CAME", ">FAILED", ">LOST", ">LOST/NODE-H", ">OPEN");
        days.forEach((day, own) -> {
            int lost = own.stream().mapToInt(OfferingHour::lost).sum();
            double ran = own.stream().mapToDouble(OfferingHour::nodeHours).sum();
            long open = own.stream().mapToLong(OfferingHour::openSeconds).sum();
            table.row(
                    day.offering(),
                    day.date().toString(),
                    Integer.toString(own.stream().mapToInt(OfferingHour::came).sum()),
                    Integer.toString(own.stream().mapToInt(OfferingHour::failed).sum()),
                    Integer.toString(lost),
                    ran == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * lost / ran),
                    open == 0 ? "" : Duration.ofSeconds(open).toMinutes() + "m");
        });
        return table;
    }
}
