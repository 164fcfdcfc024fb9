package dev.muster.cli;

import dev.muster.api.Backfill;
import dev.muster.api.Schedule;
import dev.muster.api.ScheduleRun;
import dev.muster.api.ScheduleStatus;
import dev.muster.api.ScheduleTick;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs that come again. */
@Command(
        name = "schedules",
        description = {
            "Shows the schedules: when each ticks next, up to where its data is complete, and what became of its runs.",
            "Make or change one with 'muster apply -f FILE'."
        },
        footer = {
            "  muster schedules",
            "  muster schedules show nightly                     how it stands, and its newest runs",
            "  muster schedules next nightly --count 20          when it ticks, and which interval each run is about",
            "  muster schedules pause nightly --why 'source is down'",
            "  muster schedules resume nightly",
            "  muster schedules run nightly                      the newest interval that is over, now",
            "  muster schedules backfill nightly --from 2026-03-01 --to 2026-04-01 --parallel 4",
            "  muster schedules delete nightly"
        })
final class SchedulesCommand extends ListVerb {
    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the schedules.")
    int list() {
        list(
                client -> client.schedules().all(),
                SchedulesCommand::table,
                "There is no schedule yet. Make one: muster apply -f examples/schedule.yaml");
        return ExitCode.OK;
    }

    private static Table table(List<Schedule> schedules) {
        Table table = new Table("SCHEDULE", "TEAM", "CRON", "ZONE", "NEXT", "COMPLETE UP TO", "RUNS");
        for (Schedule schedule : schedules) {
            ScheduleStatus status = Objects.requireNonNull(schedule.status());
            table.row(
                    schedule.metadata().name(),
                    Objects.requireNonNullElse(schedule.spec().team(), ""),
                    Text.plain(Objects.requireNonNullElse(schedule.spec().cron(), "")),
                    Objects.requireNonNullElse(schedule.spec().timeZone(), ""),
                    Boolean.TRUE.equals(status.paused())
                            ? "paused"
                            : status.next().isEmpty()
                                    ? "never"
                                    : status.next().get(0).toString(),
                    status.watermark() == null ? "" : status.watermark().toString(),
                    counts(status.runsByState()));
        }
        return table;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows how a schedule stands, and its runs.")
    int show(
            @Parameters(paramLabel = "SCHEDULE") String name,
            @Option(names = "--runs", paramLabel = "COUNT", defaultValue = "20", description = "How many runs.")
                    int most) {
        Schedule schedule = client().schedules().get(name);
        if (!forPeople()) {
            Print.one(screen(), schedule);
            return ExitCode.OK;
        }
        ScheduleStatus status = Objects.requireNonNull(schedule.status());
        screen().print("%s  %s (%s), %s, catches up %s"
                .formatted(
                        name,
                        Text.plain(String.valueOf(schedule.spec().cron())),
                        schedule.spec().timeZone(),
                        schedule.spec().concurrency(),
                        schedule.spec().catchUp()));
        if (Boolean.TRUE.equals(status.paused())) {
            screen().print("  paused since %s by %s: %s"
                    .formatted(
                            status.pausedAt(),
                            Text.plain(String.valueOf(status.pausedBy())),
                            Text.plain(String.valueOf(status.pausedWhy()))));
        } else if (!status.next().isEmpty()) {
            screen().print("  next: " + status.next().get(0)
                    + (status.startsAfter() == null
                            ? ""
                            : ", starts %s after its tick".formatted(status.startsAfter())));
        }
        screen().print("  complete up to: "
                + (status.watermark() == null ? "nothing has succeeded yet" : status.watermark()));
        if (status.failures() != null) {
            screen().print("  failures in a row: " + status.failures());
        }
        screen().print("");
        runs(client().timetable().runs(name, Math.max(1, most)));
        return ExitCode.OK;
    }

    @Command(
            name = "next",
            mixinStandardHelpOptions = true,
            description = "Shows when a schedule ticks next, and which interval each run is about.")
    int next(
            @Parameters(paramLabel = "SCHEDULE") String name,
            @Option(names = "--count", paramLabel = "COUNT", defaultValue = "10") int count,
            @Option(names = "--from", paramLabel = "TIME", description = "After this time instead of now.") @Nullable
                    String from) {
        List<ScheduleTick> ticks =
                client().timetable().next(name, count, from == null ? null : time("--from", from, null));
        if (!forPeople()) {
            Print.all(screen(), ticks);
            return ExitCode.OK;
        }
        Table table = new Table("TICK", "ON THE WALL", "INTERVAL FROM", "TO");
        ticks.forEach(tick -> table.row(
                tick.at().toString(),
                tick.local(),
                tick.intervalStart().toString(),
                tick.intervalEnd().toString()));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Makes no runs of its ticks until 'resume'.")
    int pause(
            @Parameters(paramLabel = "SCHEDULE") String name,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return told(
                client().timetable().pause(name, why),
                "%s is paused. Go on: muster schedules resume %s".formatted(name, name));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on; what becomes of ticks of the pause is said by the schedule's catchUp.")
    int resume(@Parameters(paramLabel = "SCHEDULE") String name) {
        return told(client().timetable().resume(name), "%s goes on".formatted(name));
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Runs the newest interval that is over, now, whether it ran or not.")
    int run(@Parameters(paramLabel = "SCHEDULE") String name) {
        ScheduleRun run = client().timetable().run(name);
        return told(
                run,
                "%s runs for %s to %s. See: muster schedules show %s"
                        .formatted(name, run.intervalStart(), run.intervalEnd(), name));
    }

    @Command(
            name = "backfill",
            mixinStandardHelpOptions = true,
            description = {
                "Runs intervals of the past: those of the ticks after --from up to --to that have not succeeded.",
                "Without --from shows the backfills."
            })
    int backfill(
            @Parameters(paramLabel = "SCHEDULE") String name,
            @Option(names = "--from", paramLabel = "TIME", description = "A day in the schedule's zone, or RFC 3339.")
                    @Nullable
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Likewise.") @Nullable String to,
            @Option(names = "--parallel", paramLabel = "COUNT", defaultValue = "1", description = "How many at a time.")
                    int parallel,
            @Option(names = "--newest-first", description = "Else the oldest is first.") boolean newestFirst,
            @Option(names = "--again", description = "Also those that have succeeded.") boolean again,
            @Option(names = "--dry-run", description = "Run every check and change nothing.") boolean dryRun,
            @Option(names = "--cancel", paramLabel = "NUMBER", description = "Drop what waits of this one.") @Nullable
                    Integer cancel) {
        if (cancel != null) {
            return told(
                    client().timetable().cancelBackfill(name, cancel),
                    "Backfill %d of %s: what waited is dropped".formatted(cancel, name));
        }
        if (from == null && to == null) {
            backfills(client().timetable().backfills(name));
            return ExitCode.OK;
        }
        if (from == null || to == null) {
            throw new BadInput("Expected both --from and --to", "For example: --from 2026-03-01 --to 2026-04-01");
        }
        ZoneId zone = zone(client().schedules().get(name));
        Backfill asked = new Backfill(
                time("--from", from, zone),
                time("--to", to, zone),
                parallel,
                newestFirst ? "NEWEST_FIRST" : null,
                again ? true : null,
                null,
                null,
                null,
                null,
                null,
                null);
        Backfill made = client().timetable().fill(name, asked, dryRun);
        return told(
                made,
                dryRun
                        ? "%d runs would be made, %d at a time".formatted(made.runs(), made.maxParallel())
                        : "Backfill %d of %s: %d runs, %d at a time. See: muster schedules backfill %s"
                                .formatted(made.number(), name, made.runs(), made.maxParallel(), name));
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Forgets a schedule; its jobs go on.")
    int delete(@Parameters(paramLabel = "SCHEDULE") String name) {
        client().schedules().delete(name, null);
        if (forPeople()) {
            screen().print(name + " is deleted");
        }
        return ExitCode.OK;
    }

    private int told(Object thing, String sentence) {
        if (forPeople()) {
            screen().print(sentence);
        } else {
            Print.one(screen(), thing);
        }
        return ExitCode.OK;
    }

    private void runs(List<ScheduleRun> runs) {
        if (runs.isEmpty()) {
            screen().note("No run yet.");
            return;
        }
        Table table = new Table("STATE", "TICK", "OF", "INTERVAL FROM", "TO", "JOB", "WHY");
        runs.forEach(run -> table.row(
                run.state(),
                run.tick().toString(),
                run.backfill() == null ? run.origin().toLowerCase(Locale.ROOT) : "backfill " + run.backfill(),
                run.intervalStart().toString(),
                run.intervalEnd().toString(),
                Objects.requireNonNullElse(run.job(), ""),
                Text.plain(Objects.requireNonNullElse(run.why(), ""))));
        table.print(screen());
    }

    private void backfills(List<Backfill> backfills) {
        if (!forPeople()) {
            Print.all(screen(), backfills);
            return;
        }
        if (backfills.isEmpty()) {
            screen().note("No backfill yet.");
            return;
        }
        Table table = new Table(">NUMBER", "FROM", "TO", ">PARALLEL", "BY", "RUNS");
        backfills.forEach(one -> table.row(
                String.valueOf(one.number()),
                one.from().toString(),
                one.to().toString(),
                String.valueOf(one.maxParallel()),
                Text.plain(String.valueOf(one.createdBy())),
                counts(one.runsByState()) + (one.cancelledAt() == null ? "" : "  (cancelled)")));
        table.print(screen());
    }

    private static String counts(@Nullable Map<String, Integer> runs) {
        return runs == null
                ? ""
                : runs.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("  "));
    }

    private static ZoneId zone(Schedule schedule) {
        String zone = schedule.spec().timeZone();
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    /** A day begins in {@code zone}. */
    private static Instant time(String option, String text, @Nullable ZoneId zone) {
        try {
            return zone != null && !text.contains("T")
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadInput(
                    "Bad %s '%s'".formatted(option, Text.plain(text)),
                    zone == null
                            ? "Expected a time such as 2026-03-01T00:00:00Z"
                            : "Expected a day such as 2026-03-01, or a time such as 2026-03-01T00:00:00Z");
        }
    }
}
