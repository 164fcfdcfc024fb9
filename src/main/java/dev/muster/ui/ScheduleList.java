package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schedules with the days around today. {@code days} are the headings of the calendar, {@code nextHref} the next page, if any. */
public record ScheduleList(
        Frame frame,
        List<ScheduleLine> lines,
        List<ScheduleCell> days,
        @Nullable String nextHref) {}
