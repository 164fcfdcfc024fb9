package dev.muster.ui;

import dev.muster.schedule.Schedule;
import dev.muster.schedule.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
                "%s, catches up %s"
                        .formatted(
                                schedule.concurrency().name().toLowerCase(Locale.ROOT),
                                schedule.catchUp().name().toLowerCase(Locale.ROOT)),
                pause == null ? null : "%s: %s".formatted(pause.actor(), pause.why()),
                next.map(at -> new Moment(at, now)).orElse(null),
                standing.watermark() == null ? null : new Moment(standing.watermark(), now),
                standing.failures(),
                days);
    }

    public String href() {
        return "/ui/schedules/" + name;
    }

    public boolean isPaused() {
        return paused != null;
    }
}
