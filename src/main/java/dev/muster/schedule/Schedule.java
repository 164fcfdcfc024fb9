package dev.muster.schedule;

import dev.muster.job.JobRequest;
import dev.muster.quota.name.TeamName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that comes again. {@code job} is the job of every run with its placeholders as they were written; {@code
 * startingDeadline} is how late a run may still start (null: however late), {@code pauseAfterFailures} after how many failures
 * in a row it pauses itself (null: never), {@code jitter} the longest time by which its runs are put off, always the same one; {@code
 * after} are schedules of the same team whose runs of the same time its own wait for ({@link Inputs}).
 */
public record Schedule(
        ScheduleName name,
        TeamName team,
        String cron,
        ZoneId zone,
        Concurrency concurrency,
        CatchUp catchUp,
        @Nullable Duration startingDeadline,
        @Nullable Integer pauseAfterFailures,
        Duration jitter,
        List<ScheduleName> after,
        JobRequest job) {
    public Schedule {
        // Absent in those that were kept before there was such a thing.
        after = after == null ? List.of() : List.copyOf(after);
    }

    /** When its ticks are. */
    public CronTimes times() {
        return CronTimes.of(cron, zone);
    }

    /** By how much its runs come after their ticks: spread over {@code jitter} by the name, so that it is always the same. */
    public Duration offset() {
        long seconds = jitter.toSeconds();
        return seconds == 0 ? Duration.ZERO : Duration.ofSeconds(Math.floorMod(spread(name.value()), seconds + 1));
    }

    /** Who submits its jobs. */
    public String actor() {
        return "schedule/" + name;
    }

    /** A hash that is the same on every machine, for ever. */
    private static long spread(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
