package dev.muster.cycle;

import dev.muster.job.Job;
import dev.muster.postgres.AttemptStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.plan.PastLaunch;
import dev.muster.quota.queue.QueueSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The launches of the last minute, by this leader and those before it: limits count them after their attempts have ended too. Used
 * by the cycle's thread alone.
 */
@ApplicationScoped
public class LaunchRate {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final AttemptStore attempts;
    private final Deque<Launched> launches = new ArrayDeque<>();

    LaunchRate(AttemptStore attempts) {
        this.attempts = attempts;
    }

    private record Launched(AttemptId attempt, PastLaunch launch) {}

    /** Reads what earlier leaders have written. */
    void begin(Instant now) {
        launches.clear();
        attempts.launchedSince(now.minus(MINUTE))
                .forEach((attempt, launch) -> launches.add(new Launched(attempt, launch)));
    }

    void launched(AttemptId attempt, Job job, Instant now) {
        launches.add(new Launched(
                attempt,
                new PastLaunch(job.spec().queue(), job.submittedBy(), job.spec().priorityClass(), now)));
    }

    /** Those whose attempts have ended, where some queue counts launches: the others are counted where they live. */
    List<PastLaunch> ended(World world, List<QueueSpec> queues, Instant now) {
        while (!launches.isEmpty() && !launches.peek().launch().at().isAfter(now.minus(MINUTE))) {
            launches.remove();
        }
        boolean areCounted = queues.stream()
                .flatMap(queue -> queue.limits().stream())
                .anyMatch(limit -> limit.launchesPerMinute() != null);
        return (areCounted ? launches : List.<Launched>of())
                .stream()
                        .filter(each -> world.attempt(each.attempt().job())
                                .filter(live -> live.id().equals(each.attempt()))
                                .isEmpty())
                        .map(Launched::launch)
                        .toList();
    }
}
