package dev.muster.cli;

import dev.muster.api.PolicyRehearsal;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A rehearsal of a policy: both sides, wait by wait and figure by figure. */
final class RehearsalTable {
    /** What is shown of all figures; {@code -o json} has the others. */
    private static final Map<String, String> SHOWN = Map.of(
            "done", "jobs done",
            "evictions", "evictions",
            "lost_hours", "pod-hours lost",
            "utilisation", "utilisation",
            "stranded", "stranded",
            "vain_hours", "node-hours in vain");

    private static final List<String> ORDER =
            List.of("done", "evictions", "lost_hours", "utilisation", "stranded", "vain_hours");
    private static final List<String> SHARES = List.of("utilisation", "stranded");

    private final Screen screen;

    RehearsalTable(Screen screen) {
        this.screen = screen;
    }

    void show(PolicyRehearsal rehearsal) {
        PolicyRehearsal.Side before = Objects.requireNonNull(rehearsal.inForce(), "it is done");
        PolicyRehearsal.Side after = Objects.requireNonNull(rehearsal.tried(), "it is done");
        Table waits = new Table(">PRIORITY", ">JOBS", ">P50", ">TRIED", ">P95", ">TRIED");
        for (PolicyRehearsal.Wait was : before.waits()) {
            PolicyRehearsal.Wait is = after.waits().stream()
                    .filter(other -> other.priority() == was.priority())
                    .findFirst()
                    .orElse(was);
            waits.row(
                    Integer.toString(was.priority()),
                    Integer.toString(was.jobs()),
                    hours(was.p50()),
                    hours(is.p50()),
                    hours(was.p95()),
                    hours(is.p95()));
        }
        waits.print(screen);
        screen.print("");
        Table figures = new Table("FIGURE", ">REVISION " + rehearsal.revision(), ">TRIED");
        for (String name : ORDER) {
            figures.row(SHOWN.get(name), figure(name, before), figure(name, after));
        }
        figures.print(screen);
        rehearsal.remarks().forEach(screen::note);
    }

    private static String figure(String name, PolicyRehearsal.Side side) {
        double value = side.figures().getOrDefault(name, 0.0);
        return SHARES.contains(name)
                ? String.format(Locale.ROOT, "%.1f %%", value * 100)
                : String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
    }

    private static String hours(double hours) {
        Duration wait = Duration.ofMillis(Math.round(hours * 3_600_000));
        return wait.toHours() > 0
                ? "%dh%02dm".formatted(wait.toHours(), wait.toMinutesPart())
                : wait.toMinutes() > 0
                        ? "%dm%02ds".formatted(wait.toMinutes(), wait.toSecondsPart())
                        : wait.toSeconds() + "s";
    }
}
