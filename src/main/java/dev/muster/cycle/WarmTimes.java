package dev.muster.cycle;

import dev.muster.pool.Pool;
import dev.muster.pool.Warm;
import dev.muster.quota.name.QueueName;
import dev.muster.schedule.CronTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When nodes are to be warm. {@code longest}: how long the job has waited that waits longest, by queue; {@code ahead}: what of the
 * pool is needed by what schedules ask soon.
 */
final class WarmTimes {
    /** One after the other they take time, and room on the disk of a node. */
    static final int MOST_IMAGES = 20;

    private WarmTimes() {}

    /** How many nodes of the pool are to be there now though nobody needs them: as many as the largest that holds asks for. */
    static int nodes(Pool pool, Instant now, Map<QueueName, Duration> longest, WarmAhead ahead) {
        int most = pool.warm().stream()
                .filter(warm -> holds(warm, now, longest))
                .mapToInt(Warm::nodes)
                .max()
                .orElse(0);
        return Math.min(Math.max(most, ahead.nodes()), pool.maxNodes());
    }

    /** Those of all that hold, and of what comes. */
    static SortedSet<String> images(Pool pool, Instant now, Map<QueueName, Duration> longest, WarmAhead ahead) {
        SortedSet<String> images = new TreeSet<>(ahead.images());
        pool.warm().stream()
                .filter(warm -> holds(warm, now, longest) || (warm.ahead() != null && ahead.nodes() > 0))
                .forEach(warm -> images.addAll(warm.images()));
        return images.stream().limit(MOST_IMAGES).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where both are said, either is enough. */
    static boolean holds(Warm warm, Instant now, Map<QueueName, Duration> longest) {
        boolean always = warm.cron() == null && warm.queue() == null && warm.ahead() == null;
        return always || isInItsTime(warm, now) || isWaitedFor(warm, longest);
    }

    private static boolean isInItsTime(Warm warm, Instant now) {
        if (warm.cron() == null || warm.lasts() == null) {
            return false;
        }
        ZoneId zone = ZoneId.of(warm.zone() == null ? "UTC" : warm.zone());
        return CronTimes.of(warm.cron(), zone)
                .next(now.minus(warm.lasts()))
                .filter(tick -> !tick.isAfter(now))
                .isPresent();
    }

    private static boolean isWaitedFor(Warm warm, Map<QueueName, Duration> longest) {
        Duration waited = warm.queue() == null ? null : longest.get(warm.queue());
        return waited != null && warm.after() != null && waited.compareTo(warm.after()) > 0;
    }
}
