package dev.muster.ui;

import dev.muster.postgres.PreemptionStore.Preemption;
import dev.muster.postgres.PreemptionStore.Taker;
import dev.muster.postgres.PreemptionStore.Total;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who gave way to whom, why, and what was lost by it: by team, by day, and one by one. */
public record PreemptionPage(
        Frame frame,
        List<Choice> lengths,
        @Nullable String team,
        String allHref,
        Sum all,
        List<Pair> pairs,
        List<Day> days,
        List<Line> lines,
        int most) {
    private static final List<Integer> LENGTHS = List.of(1, 7, 30, 90);

    /** Something that may be looked at instead. */
    public record Choice(String word, String href, boolean on) {}

    /** Gangs that gave way, their pods, and the lost core-hours; {@code bar} of the largest, in percent. */
    public record Sum(long gangs, long pods, String lost, double bar) {}

    /** A team that gave way to another. */
    public record Pair(String team, String href, String taker, Sum sum) {}

    /** A day, in UTC. */
    public record Day(String date, Sum sum) {}

    /** One gang. */
    public record Line(
            Moment at,
            String job,
            String href,
            String team,
            int attempt,
            String words,
            String message,
            int pods,
            String lost,
            @Nullable String taker,
            @Nullable String takerHref,
            @Nullable String takerTeam) {}

    /** What the address asks for. */
    record Wanted(int days, @Nullable String team) {
        static Wanted of(@Nullable String days, @Nullable String team) {
            return new Wanted(
                    LENGTHS.stream()
                            .filter(length -> Integer.toString(length).equals(days))
                            .findFirst()
                            .orElse(7),
                    team == null || !team.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?") ? null : team);
        }

        private String href(int length, @Nullable String whose) {
            return "/ui/planning/preemptions?days=" + length + (whose == null ? "" : "&team=" + whose);
        }
    }

    static PreemptionPage of(Frame frame, Wanted wanted, List<Total> totals, List<Preemption> latest, int most) {
        List<Total> own = totals.stream()
                .filter(total -> wanted.team() == null || total.team().value().equals(wanted.team()))
                .toList();
        Map<String, List<Total>> pairs = new LinkedHashMap<>();
        own.forEach(total -> pairs.computeIfAbsent(total.team() + " " + taker(total), pair -> new ArrayList<>())
                .add(total));
        Map<String, List<Total>> days = new TreeMap<>(Comparator.reverseOrder());
        own.forEach(total -> days.computeIfAbsent(total.day().toString(), day -> new ArrayList<>())
                .add(total));
        long mostOfPair = largest(pairs);
        long mostOfDay = largest(days);
        return new PreemptionPage(
                frame,
                LENGTHS.stream()
                        .map(length -> new Choice(
                                length == 1 ? "a day" : length + " days",
                                wanted.href(length, wanted.team()),
                                length == wanted.days()))
                        .toList(),
                wanted.team(),
                wanted.href(wanted.days(), null),
                sum(own, 0),
                pairs.values().stream()
                        .sorted(Comparator.comparingLong(PreemptionPage::lost).reversed())
                        .map(pair -> new Pair(
                                pair.get(0).team().value(),
                                wanted.href(wanted.days(), pair.get(0).team().value()),
                                taker(pair.get(0)),
                                sum(pair, mostOfPair)))
                        .toList(),
                days.entrySet().stream()
                        .map(day -> new Day(day.getKey(), sum(day.getValue(), mostOfDay)))
                        .toList(),
                latest.stream().map(one -> line(one, frame)).toList(),
                most);
    }

    private static String taker(Total total) {
        return total.takerTeam() == null ? "nobody's job" : total.takerTeam().value();
    }

    private static long largest(Map<String, List<Total>> groups) {
        return groups.values().stream().mapToLong(PreemptionPage::lost).max().orElse(0);
    }

    private static long lost(List<Total> some) {
        return some.stream().mapToLong(total -> total.lostCpu().toSeconds()).sum();
    }

    private static Sum sum(List<Total> some, long most) {
        long lost = lost(some);
        return new Sum(
                some.stream().mapToLong(Total::gangs).sum(),
                some.stream().mapToLong(Total::pods).sum(),
                hours(Duration.ofSeconds(lost)),
                most == 0 ? 0 : Math.round(10_000.0 * lost / most) / 100.0);
    }

    private static Line line(Preemption one, Frame frame) {
        Taker taker = one.taker();
        return new Line(
                new Moment(one.at(), frame.now()),
                one.name(),
                "/ui/jobs/" + one.job(),
                one.team().value(),
                one.attempt(),
                ReasonLine.words(one.code()),
                one.message(),
                one.pods(),
                hours(one.lostCpu()),
                taker == null ? null : taker.name(),
                taker == null ? null : "/ui/jobs/" + taker.job(),
                taker == null ? null : taker.team().value());
    }

    private static String hours(Duration cpu) {
        double hours = cpu.toSeconds() / 3600.0;
        return cpu.isZero() ? "0" : String.format(Locale.ROOT, hours < 10 ? "%.2f" : "%,.0f", hours);
    }
}
