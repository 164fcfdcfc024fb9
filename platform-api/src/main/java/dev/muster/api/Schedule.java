package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A job that comes again. */
public record Schedule(
        @Nullable String kind,
        Metadata metadata,
        ScheduleSpec spec,
        @Nullable ScheduleStatus status) {
    public static final String KIND = "Schedule";
}
