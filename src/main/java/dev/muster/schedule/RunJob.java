package dev.muster.schedule;

import dev.muster.job.JobRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The job of a run: the schedule's own, named by the tick, its placeholders filled in. */
public final class RunJob {
    /** A number at the end, so that the planner knows the runs of a schedule as runs of the same. */
    private static final DateTimeFormatter NUMBER =
            DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunJob() {}

    /** {@code watermark}: the end of the last interval that succeeded, as things are now. */
    public static JobRequest of(Schedule schedule, Run run, @Nullable Instant watermark) {
        return of(schedule, run, watermark, (place, placeholder) -> placeholder.get());
    }

    /** A text that is filled in where it stands. */
    @FunctionalInterface
    public interface Placed {
        /** {@code place} is a JSON pointer from the job; {@code text} throws where a placeholder is none. */
        String fill(String place, Supplier<String> text);
    }

    /** The same, with a say in what becomes of wrong placeholders. */
    public static JobRequest of(Schedule schedule, Run run, @Nullable Instant watermark, Placed placed) {
        String name = name(schedule.name(), run.tick());
        Placeholders placeholders = new Placeholders(
                new Placeholders.Values(schedule.name(), name, run.tick(), run.interval(), watermark), schedule.zone());
        BiFunction<String, String, String> fill = (place, text) -> placed.fill(place, () -> placeholders.fill(text));
        return Filling.job(schedule.job(), name, fill);
    }

    static String name(ScheduleName schedule, Instant tick) {
        return schedule + "-" + NUMBER.format(tick);
    }
}
