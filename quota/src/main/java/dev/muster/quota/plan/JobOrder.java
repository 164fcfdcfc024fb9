package dev.muster.quota.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The order of jobs inside a queue: priority with what aging added, then who waits longer, then the id. {@link #of} takes a
 * job's priority apart into its addends. Aging never gives the right to preempt.
 */
public record JobOrder(int priorityClass, int aging) {
    public static JobOrder of(PendingJob job, Instant now, PlanSettings.Aging settings) {
        long hours = Math.max(0, Duration.between(job.since(), now).toHours());
        return new JobOrder(job.priority(), (int) Math.min(settings.most(), hours * settings.perHour()));
    }

    public int priority() {
        return (int) Math.min(Integer.MAX_VALUE, (long) priorityClass + aging);
    }

    static Comparator<PendingJob> insideAQueue(Instant now, PlanSettings.Aging settings) {
        Comparator<PendingJob> byPriority = settings.most() == 0 || settings.perHour() == 0
                ? (a, b) -> Integer.compare(b.priority(), a.priority())
                : (a, b) -> Integer.compare(
                        of(b, now, settings).priority(), of(a, now, settings).priority());
        return byPriority.thenComparing(PendingJob::since).thenComparing(PendingJob::id);
    }
}
