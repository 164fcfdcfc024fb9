package dev.muster.cli;

import dev.muster.api.Scaling;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What more pods gain. */
@Command(
        name = "scaling",
        description = {
            "Puts runs of the same side by side by how many pods they had: how long they took, and what that cost. Runs of the same",
            "are jobs of one team whose names are equal but for a number at the end; only those that succeeded count.",
            "SPEED compares with the fewest pods, EFFICIENCY with what so many more pods could gain at best."
        },
        footer = {
            "  muster scaling etl --team data                        the last seven days",
            "  muster scaling etl --team data --from 2026-06-01      since then, at most 366 days"
        })
final class ScalingCommand extends Verb {
    private static final int BAR = 14;

    @Parameters(paramLabel = "NAME", description = "The name of a job, with or without a number at its end.")
    private String name = "";

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "Whose job it is (default MUSTER_TEAM, the only team, or 'default').")
    private @Nullable String team;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A day (2026-11-20, UTC) or a time (2026-11-20T10:00:00Z).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until before it; now where it is not said.")
    private @Nullable String to;

    @Override
    public Integer call() {
        String of = Teams.of(team, muster().environment(), client());
        Scaling scaling = client().jobs().scaling(of, name, from, to);
        if (!forPeople()) {
            Print.one(screen(), scaling);
            return ExitCode.OK;
        }
        screen().note("%s/%s, from %s until %s"
                .formatted(Text.plain(scaling.team()), Text.plain(scaling.name()), scaling.from(), scaling.to()));
        List<Scaling.Point> points = scaling.points();
        if (points.isEmpty()) {
            screen().note("No run has succeeded in that time.");
            return ExitCode.OK;
        }
        double slowest =
                points.stream().mapToDouble(Scaling.Point::medianSeconds).max().orElse(1);
        Table table = new Table(
                ">PODS", ">RUNS", ">FASTEST", ">MEDIAN", "", ">SLOWEST", ">CORE-H", ">COST", ">SPEED", ">EFFICIENCY");
        for (Scaling.Point point : points) {
            Double cost = point.cost();
            table.row(
                    Integer.toString(point.pods()),
                    Integer.toString(point.runs()),
                    time(point.fastestSeconds()),
                    time(point.medianSeconds()),
                    Bar.of(point.medianSeconds(), slowest, BAR),
                    time(point.slowestSeconds()),
                    number(point.coreHours()),
                    cost == null ? "-" : number(cost),
                    number(point.speedup()) + " x",
                    String.format(Locale.ROOT, "%.0f %%", 100 * point.efficiency()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + "s";
        }
        return whole < 3600
                ? "%dm%02ds".formatted(whole / 60, whole % 60)
                : "%dh%02dm".formatted(whole / 3600, whole % 3600 / 60);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }
}
