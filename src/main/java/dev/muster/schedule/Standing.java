package dev.muster.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What moves of a schedule by itself. {@code lastTick} is the last one that was decided, {@code lookAt} when to look again
 * (null: never), {@code watermark} the end of the last interval that succeeded, {@code failures} how many runs failed one after
 * the other up to now, {@code pause} null while it is not paused.
 */
public record Standing(
        Instant lastTick,
        @Nullable Instant lookAt,
        @Nullable Instant watermark,
        int failures,
        @Nullable Pause pause) {

    /** Who paused it, why, and since when. */
    public record Pause(String actor, String why, Instant at) {}

    /** From now on, as when it is new or ticks by another line. */
    public static Standing from(Schedule schedule, Instant now, @Nullable Standing before) {
        return new Standing(
                now,
                new Ticks(schedule).look(now),
                before == null ? null : before.watermark(),
                before == null ? 0 : before.failures(),
                before == null ? null : before.pause());
    }

    public Standing decided(Instant tick, @Nullable Instant next) {
        return new Standing(tick, next, watermark, failures, pause);
    }

    /** The interval that ends there succeeded; {@code counts}: and with it the failures in a row are over. */
    public Standing succeeded(Instant end, boolean counts) {
        Instant later = watermark == null || watermark.isBefore(end) ? end : watermark;
        return new Standing(lastTick, lookAt, later, counts ? 0 : failures, pause);
    }

    /** {@code most}: after how many failures in a row it pauses itself, null for never. */
    public Standing failed(@Nullable Integer most, Instant now) {
        int all = failures + 1;
        boolean enough = most != null && all >= most && pause == null;
        return new Standing(
                lastTick,
                lookAt,
                watermark,
                all,
                enough ? new Pause("muster", "%d runs in a row failed".formatted(all), now) : pause);
    }

    public Standing paused(Pause by) {
        return new Standing(lastTick, lookAt, watermark, failures, by);
    }

    /** Goes on, and forgets what failed. */
    public Standing resumed() {
        return new Standing(lastTick, lookAt, watermark, 0, null);
    }
}
