package dev.muster.cli;

import dev.muster.api.Usage;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who held how much, and what it cost. */
@Command(
        name = "usage",
        description = {
            "Shows what pods held of the cluster in the last seven days, or in another period: core-, GiB- and GPU-hours of what",
            "they asked, and the cost by the prices of their pools at that time. LOST is work that the platform took away,",
            "USED the part of the cores that pods used of what they asked, where the cluster's metrics API says it."
        },
        footer = {
            "  muster usage                                     by team, the last seven days",
            "  muster usage --by team,day --from 2026-11-01     by team and day, since then",
            "  muster usage --by name --csv > usage.csv         for a spreadsheet"
        })
final class UsageCommand extends Verb {
    private static final int BAR = 14;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "team",
            description = "team, queue, user, name, pool, day, costCentre, priority, or several with commas between.")
    private String by = "team";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A day (2026-11-20, UTC) or a time (2026-11-20T10:00:00Z).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until before it; now where it is not said.")
    private @Nullable String to;

    @Option(names = "--csv", description = "Comma-separated values for a spreadsheet.")
    private boolean csv;

    @Override
    public Integer call() {
        if (csv) {
            screen().out().print(client().usages().csv(by, from, to));
            screen().out().flush();
            return ExitCode.OK;
        }
        Usage usage = client().usages().of(by, from, to);
        if (forPeople()) {
            show(usage);
        } else {
            Print.one(screen(), usage);
        }
        return ExitCode.OK;
    }

    private void show(Usage usage) {
        screen().note("From %s until %s".formatted(usage.from(), usage.to()));
        if (usage.items().isEmpty()) {
            screen().note("Nothing was held in that time.");
            return;
        }
        List<String> heads = new ArrayList<>();
        usage.groupBy().forEach(word -> heads.add(word.toUpperCase(Locale.ROOT)));
        heads.addAll(List.of(">CORE-H", "OF ALL", ">GIB-H", ">GPU-H", ">COST", ">LOST CORE-H", ">LOST COST", ">USED"));
        Table table = new Table(heads.toArray(String[]::new));
        boolean byDay = usage.groupBy().contains("day");
        usage.items().stream()
                .sorted(
                        byDay
                                ? Comparator.comparing(
                                        (Usage.Group group) -> group.key().get("day"))
                                : Comparator.comparing(
                                        (Usage.Group group) -> -group.hours().coreHours()))
                .forEach(group -> row(
                        table,
                        usage.groupBy().stream()
                                .map(word -> group.key().getOrDefault(word, ""))
                                .toList(),
                        group.hours(),
                        usage.total()));
        List<String> all = new ArrayList<>(usage.groupBy());
        all.replaceAll(word -> "");
        all.set(0, "all");
        row(table, all, usage.total(), usage.total());
        table.print(screen());
        Usage.Measured measured = usage.total().measured();
        screen().note(
                        measured == null
                                ? "What pods used of it is not measured: no metrics API was there to ask."
                                : "Measured: of %s core-hours %s were used, %s not; of %s GiB-hours %s and %s."
                                        .formatted(
                                                number(measured.requestedCoreHours()),
                                                number(measured.usedCoreHours()),
                                                number(measured.unusedCoreHours()),
                                                number(measured.requestedGibHours()),
                                                number(measured.usedGibHours()),
                                                number(measured.unusedGibHours())));
        if (usage.total().unpricedCoreHours() > 0) {
            screen().note(
                            "%s core-hours are in no cost: their pools had no price. Give them one: spec.price of the pool."
                                    .formatted(number(usage.total().unpricedCoreHours())));
        }
    }

    private static void row(Table table, List<String> key, Usage.Hours hours, Usage.Hours total) {
        List<String> cells = new ArrayList<>(key);
        cells.replaceAll(Text::plain);
        cells.addAll(List.of(
                number(hours.coreHours()),
                Bar.of(hours.coreHours(), total.coreHours(), BAR),
                number(hours.gibHours()),
                number(hours.gpuHours()),
                number(hours.cost()),
                number(hours.lostCoreHours()),
                number(hours.lostCost()),
                used(hours)));
        table.row(cells.toArray(String[]::new));
    }

    /** The part of the processors that pods used of what they asked, where that was measured. */
    private static String used(Usage.Hours hours) {
        Usage.Measured measured = hours.measured();
        return measured == null || measured.requestedCoreHours() <= 0
                ? "-"
                : String.format(Locale.ROOT, "%.0f %%", 100 * measured.usedCoreHours() / measured.requestedCoreHours());
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.1f", value);
    }
}
