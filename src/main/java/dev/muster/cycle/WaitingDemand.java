package dev.muster.cycle;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What jobs that wait ask for, by queue: all of their gangs together, and how long the one has waited that waits longest. */
public record WaitingDemand(Map<QueueName, Resources> asked, Map<QueueName, Duration> longest) {
    public static WaitingDemand of(Collection<PendingJob> pending, Plan plan, Instant now) {
        Set<JobId> held = plan.decisions().stream()
                .filter(Decision.Hold.class::isInstance)
                .map(Decision::job)
                .collect(Collectors.toSet());
        Map<QueueName, Resources> asked = new TreeMap<>();
        Map<QueueName, Duration> longest = new TreeMap<>();
        for (PendingJob job : pending) {
            if (held.contains(job.id())) {
                asked.merge(job.queue(), gang(job), Resources::plus);
                Duration waits = Duration.between(job.since(), now);
                longest.merge(
                        job.queue(),
                        waits.isNegative() ? Duration.ZERO : waits,
                        (one, other) -> one.compareTo(other) < 0 ? other : one);
            }
        }
        return new WaitingDemand(asked, longest);
    }

    private static Resources gang(PendingJob job) {
        Resources all = Resources.NONE;
        for (Ask role : job.roles()) {
            all = all.plus(role.pod().times(role.minimum()));
        }
        return all;
    }
}
