package dev.muster.ui;

import dev.muster.schedule.Run;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run as a row. {@code tick} and the interval are told as the clocks of the schedule's zone show them. */
public record RunLine(
        String id,
        String css,
        String word,
        String tick,
        String of,
        String interval,
        @Nullable String job,
        @Nullable Moment ended,
        @Nullable String why) {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    static RunLine of(Run run, ZoneId zone, Instant now) {
        return new RunLine(
                "run-" + run.id(),
                ScheduleCell.css(run.state()),
                ScheduleCell.word(run.state()),
                wall(run.tick(), zone),
                switch (run.origin()) {
                    case TICK -> "tick";
                    case HAND -> "by hand";
                    case BACKFILL -> "backfill " + run.number();
                },
                wall(run.interval().start(), zone) + " to "
                        + wall(run.interval().end(), zone),
                run.job() == null ? null : run.job().value(),
                run.endedAt() == null ? null : new Moment(run.endedAt(), now),
                run.why());
    }

    /** The end of the job's id, which tells neighbours apart. */
    public @Nullable String tail() {
        return job == null ? null : "…" + job.substring(Math.max(0, job.length() - 6));
    }

    static String wall(Instant at, ZoneId zone) {
        return WALL.format(at.atZone(zone));
    }
}
