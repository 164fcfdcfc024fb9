package dev.muster.cli.scenario;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The world after a plan was carried out at once: same time, what was launched runs where the plan had it in mind. */
public final class Successor {
    private Successor() {}

    public static Snapshot of(Snapshot snapshot, Plan plan) {
        Map<JobId, PendingJob> pending =
                snapshot.pending().stream().collect(Collectors.toMap(PendingJob::id, Function.identity()));
        List<LiveAttempt> live = new ArrayList<>(snapshot.live());
        for (Decision.Launch launch : plan.launches()) {
            PendingJob job = pending.remove(launch.job());
            live.add(new LiveAttempt(
                    new AttemptId(job.id(), 1), job.queue(), job.priority(), snapshot.now(), launch.promise()));
        }
        List<PendingJob> still = snapshot.pending().stream()
                .filter(job -> pending.containsKey(job.id()))
                .toList();
        return new Snapshot(
                snapshot.now(),
                snapshot.queues(),
                snapshot.nodes(),
                still,
                live,
                snapshot.settings(),
                snapshot.decayedUse(),
                snapshot.evictedLately());
    }
}
