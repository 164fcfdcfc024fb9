package dev.muster.ui;

import java.util.List;

/** One schedule: its calendar by weeks, what comes, what came, backfills. {@code next} are its next ticks as clocks of its zone show them. */
public record SchedulePage(
        Frame frame,
        ScheduleLine schedule,
        List<List<ScheduleCell>> weeks,
        List<String> next,
        List<RunLine> runs,
        List<BackfillLine> backfills,
        boolean maySteer) {

    public String showCommand() {
        return "muster schedules show " + schedule.name();
    }

    public String nextCommand() {
        return "muster schedules next " + schedule.name();
    }

    public String backfillCommand() {
        return "muster schedules backfill %s --from DAY --to DAY --parallel 2".formatted(schedule.name());
    }

    /** A backfill and how far it is. */
    public record BackfillLine(int number, String from, String to, String parallel, String runs, boolean cancelled) {}
}
