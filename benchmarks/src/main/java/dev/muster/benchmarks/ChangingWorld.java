package dev.muster.benchmarks;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.RosterEditor;
import dev.muster.quota.plan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A cluster whose waiting jobs come and go while time passes, as many as before, kept as the service keeps them. */
final class ChangingWorld {
    /** Between cycles at least, by the standard settings. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Snapshot first;
    private final RosterEditor<PendingJob> pending = RosterEditor.ofWaiting();
    private final RosterEditor<LiveAttempt> live = RosterEditor.ofLiving();
    private final List<PendingJob> jobs;
    private final Random random = new Random(1);
    private long made;
    private Instant now;

    ChangingWorld(Snapshot first) {
        this.first = first;
        this.now = first.now();
        this.jobs = new ArrayList<>(first.pending());
        first.pending().forEach(pending::put);
        first.live().forEach(live::put);
    }

    /** Half of them go, half of them come, and it is a pause later. */
    void change(int changes) {
        now = now.plus(PAUSE);
        for (int i = 0; i < changes / 2; i++) {
            int at = random.nextInt(jobs.size());
            PendingJob goes = jobs.get(at);
            // Like one of the first, and not of those that were made: else they would become ever more alike.
            PendingJob like = first.pending().get(random.nextInt(first.pending().size()));
            PendingJob comes = new PendingJob(
                    new JobId("new%012d".formatted(made++)),
                    like.queue(),
                    like.priority(),
                    like.since(),
                    like.roles(),
                    like.notIn());
            pending.remove(goes.id());
            pending.put(comes);
            jobs.set(at, comes);
        }
    }

    Snapshot snapshot() {
        return new Snapshot(now, first.queues(), first.nodes(), pending.freeze(), live.freeze(), first.settings());
    }
}
