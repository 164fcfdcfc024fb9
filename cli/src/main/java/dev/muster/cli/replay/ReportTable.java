package dev.muster.cli.replay;

import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Text;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for people. */
public final class ReportTable {
    private static final int NAMES = 14;
    private static final int NUMBERS = 12;

    private ReportTable() {}

    public static void print(Report report, Screen screen) {
        line(screen, "trace", report.trace(), "");
        line(screen, "cluster", report.cluster(), "");
        count(screen, "jobs", report.jobs(), Colour.PLAIN, "");
        count(screen, "done", report.done(), Colour.GREEN, "");
        count(screen, "failed", report.failed(), report.failed() > 0 ? Colour.RED : Colour.PLAIN, "");
        if (report.unfinished() > 0) {
            count(
                    screen,
                    "not finished",
                    report.unfinished(),
                    Colour.RED,
                    "nothing moves any more: see why with a service of your own");
        }
        if (report.launchedAgain() > 0) {
            count(
                    screen,
                    "tried again",
                    report.launchedAgain(),
                    Colour.YELLOW,
                    "jobs that needed more than one attempt");
        }
        count(screen, "refused", report.refused(), report.refused() > 0 ? Colour.YELLOW : Colour.PLAIN, "");
        report.refusals().forEach(refusal -> detail(screen, refusal));
        if (report.refused() > report.refusals().size()) {
            detail(
                    screen,
                    "and %,d more"
                            .formatted(report.refused() - report.refusals().size()));
        }
        count(screen, "defective", report.defective(), report.defective() > 0 ? Colour.YELLOW : Colour.PLAIN, "");
        report.defects().forEach(defect -> detail(screen, defect));
        time(screen, "mean wait", report.meanWaitSeconds());
        time(screen, "p50 wait", report.p50WaitSeconds());
        time(screen, "p95 wait", report.p95WaitSeconds());
        line(screen, "utilisation", String.format(Locale.ROOT, "%.2f %%", report.utilisation() * 100), "");
        time(screen, "makespan", report.makespanSeconds());
    }

    private static void count(Screen screen, String name, int count, Colour colour, String remark) {
        line(screen, name, screen.paint(colour, String.format(Locale.ROOT, "%,d", count)), remark);
    }

    private static void time(Screen screen, String name, @Nullable Double seconds) {
        if (seconds != null) {
            String exact = String.format(Locale.ROOT, "%,.1f s", seconds);
            line(screen, name, exact, seconds < 60 ? "" : Span.of(Duration.ofMillis(Math.round(seconds * 1000))));
        }
    }

    private static void line(Screen screen, String name, String value, String remark) {
        String right = " ".repeat(Math.max(0, NUMBERS - Text.width(value))) + value;
        screen.print(screen.paint(Colour.DIM, Text.padded(name, NAMES))
                + (remark.isEmpty() ? right : right + "  " + screen.paint(Colour.DIM, remark)));
    }

    private static void detail(Screen screen, String text) {
        screen.print(Text.cut(" ".repeat(NAMES + 2) + Text.plain(text), screen.width()));
    }
}
