package dev.muster.ui;

import dev.muster.schedule.CatchUp;
import dev.muster.schedule.Concurrency;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule as a row: how it stands, and its days. {@code paused} is why and by whom, {@code next} null where it never ticks again. */
public record ScheduleLine(
        String name,
        String team,
        String cron,
        String zone,
        String rules,
        @Nullable String paused,
        @Nullable Moment next,
        @Nullable Moment complete,
        int failures,
        List<ScheduleCell> days) {

    static ScheduleLine of(
            Schedule schedule, Standing standing, Optional<Instant> next, Instant now, List<ScheduleCell> days) {
        Standing.Pause pause = standing.pause();
        return new ScheduleLine(
                schedule.name().value(),
                schedule.team().value(),
                schedule.cron(),
                schedule.zone().getId().equals("Z") ? "UTC" : schedule.zone().getId(),
                together(schedule.concurrency()) + ", " + late(schedule.catchUp()),
                pause == null ? null : "%s: %s".formatted(pause.actor(), pause.why()),
                next.map(at -> new Moment(at, now)).orElse(null),
                standing.watermark() == null ? null : new Moment(standing.watermark(), now),
                standing.failures(),
                days);
    }

    private static String together(Concurrency concurrency) {
        return switch (concurrency) {
            case ALLOW -> "runs may overlap";
            case FORBID -> "a tick is left out while a run goes on";
            case REPLACE -> "a new run takes the place of one that goes on";
            case QUEUE -> "runs wait for one another";
        };
    }

    private static String late(CatchUp catchUp) {
        return switch (catchUp) {
            case NONE -> "missed ticks are left out";
            case LATEST -> "of missed ticks the latest is made up for";
            case ALL -> "missed ticks are made up for one by one";
            case MERGE -> "missed ticks are made up for by one run";
        };
    }

    public String href() {
        return "/ui/schedules/" + name;
    }

    public boolean isPaused() {
        return paused != null;
    }
}
